import { livesHold } from './testing/chaos/hold';

livesHold(101, 200);
