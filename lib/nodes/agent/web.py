"""HTTP with the machine's proxy settings, as /etc/environment has them."""

import ipaddress
import os
import ssl
import urllib.parse
import urllib.request


def read_environment(path="/etc/environment"):
    """The `NAME=value` lines of a file such as /etc/environment (see pam_env(8)), without their quotes."""
    values = {}
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return values
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name.strip()] = value
    return values


def goes_direct(host, no_proxy):
    """
    Whether `host` is reached without the proxy: `no_proxy` names it, its domain or a range it is in (urllib knows no
    ranges), or it is an address of a private network, where no proxy of the outside world leads.
    """
    address = None
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost":
            return True
    if address is not None and (address.is_private or address.is_loopback or address.is_link_local):
        return True
    for entry in (part.strip() for part in no_proxy.split(",")):
        if not entry:
            continue
        if entry == "*":
            return True
        if address is None:
            name = entry.removeprefix("*").lstrip(".").lower()
            if host.lower() == name or host.lower().endswith("." + name):
                return True
            continue
        try:
            if address in ipaddress.ip_network(entry, strict=False):
                return True
        except (ValueError, TypeError):
            continue
    return False


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as the error it is for a request that carries a token."""

    def redirect_request(self, *_):
        return None


def open_url(request, timeout, ca=None, follow=True):
    """
    Sends a request (an address or a urllib Request), through the proxy where that is due. `ca` is PEM text of
    certificate authorities that are trusted beside the machine's own; `follow` says whether redirects are followed.
    """
    url = request if isinstance(request, str) else request.full_url
    host = urllib.parse.urlsplit(url).hostname or ""
    no_proxy = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    trust = ssl.create_default_context()
    if ca:
        trust.load_verify_locations(cadata=ca)
    handlers = [urllib.request.HTTPSHandler(context=trust)]
    if not follow:
        handlers.append(NoRedirect())
    if goes_direct(host, no_proxy):
        handlers.append(urllib.request.ProxyHandler({}))
    else:
        names = {"http": ("http_proxy", "HTTP_PROXY"), "https": ("https_proxy", "HTTPS_PROXY")}
        found = {scheme: next((os.environ[n] for n in both if os.environ.get(n)), None) for scheme, both in names.items()}
        handlers.append(urllib.request.ProxyHandler({scheme: proxy for scheme, proxy in found.items() if proxy}))
    return urllib.request.build_opener(*handlers).open(request, timeout=timeout)
