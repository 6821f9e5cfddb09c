"""Fetches and checks what a step has declared."""

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.parse

import web

TRIES = 5


class DownloadError(Exception):
    """A file could not be had, or is not what was declared."""


def file_name(url):
    name = os.path.basename(urllib.parse.unquote(urllib.parse.urlsplit(url).path))
    return "download" if name in ("", ".", "..") else name


def mirrored(mirror, url):
    """Where a mirror keeps what is at `url`: `<mirror>/<host>/<path>`."""
    parts = urllib.parse.urlsplit(url)
    return f"{mirror.rstrip('/')}/{parts.netloc}{parts.path}"


def checksum_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fetch_all(downloads, folder, mirror, say, until, pause=time.sleep):
    """
    Puts every declared file into `folder` under the base name of its address; what is there and right is left alone. A mirror
    is another place for the same: what it has must have the declared checksum.
    Container images are left to the container runtime, which checks their digests.
    `say` is given a line of text for the log; `until` is the deadline on the monotonic clock. Raises DownloadError.
    """
    os.makedirs(folder, exist_ok=True)
    for download in downloads:
        if download["kind"] != "file":
            continue
        url, expected = download["url"], download["sha256"].lower()
        source = mirrored(mirror, url) if mirror else url
        path = os.path.join(folder, file_name(url))
        if os.path.exists(path) and checksum_of(path) == expected:
            say(f"{file_name(url)} is there already.")
            continue
        say(f"Fetching {file_name(url)} {download['version']} from {source}.")
        _retry(lambda source=source, path=path, expected=expected: _fetch(source, path, expected, until), say, pause)


def _fetch(source, path, expected, until):
    partial = f"{path}.part"
    with web.open_url(source, timeout=60) as answer, open(partial, "wb") as file:
        while block := answer.read(1 << 20):
            file.write(block)
            if time.monotonic() > until:
                raise DownloadError(f"{source} did not arrive within the step's time.")
    found = checksum_of(partial)
    if found != expected:
        os.unlink(partial)
        raise DownloadError(f"{source} has the checksum {found}, but {expected} is expected. It was not used.")
    os.replace(partial, path)


def _retry(action, say, pause):
    for number in range(1, TRIES + 1):
        try:
            return action()
        except DownloadError:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            # A file that is not there will not come by waiting.
            gone = isinstance(error, urllib.error.HTTPError) and error.code in (401, 403, 404, 410)
            if gone or number == TRIES:
                raise DownloadError(f"{getattr(error, 'url', '')} {error}".strip()) from error
            say(f"That failed ({error}); trying again.")
            pause(2**number)
    raise AssertionError("unreachable")
