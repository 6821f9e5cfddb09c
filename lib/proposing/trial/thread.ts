import { parentPort, workerData } from 'node:worker_threads';
import { tryTemplate } from './look';
import type { TrialRequest } from './types';

// A thread of its own: whatever somebody gives to be read keeps nobody else waiting.
parentPort?.postMessage(tryTemplate(workerData as TrialRequest)); // as run-trial.ts gave it
