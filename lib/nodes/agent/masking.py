"""Takes secrets out of what a step prints."""

MASK = "***"
# A shorter value would blacken half the log ("no", "22") and protects nothing.
SHORTEST = 4


class Masker:
    """Replaces every given secret, and every longer line of one with several lines, by `***`."""

    def __init__(self, secrets):
        parts = set()
        for secret in secrets:
            parts.add(secret)
            parts.add(secret.strip())
            parts.update(line.strip() for line in secret.splitlines() if len(line.strip()) >= 8)
        # Longest first, so that a secret inside another does not leave the rest of it standing.
        self.parts = sorted((part for part in parts if len(part) >= SHORTEST), key=len, reverse=True)

    def clean(self, text):
        for part in self.parts:
            text = text.replace(part, MASK)
        return text

    def held_back(self, text):
        """How many characters at the end of `text` may be the beginning of a secret whose rest is not printed yet."""
        most = 0
        for part in self.parts:
            for length in range(min(len(part) - 1, len(text)), most, -1):
                if text.endswith(part[:length]):
                    most = length
                    break
        return most
