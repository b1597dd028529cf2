"""Packs pages into a web archive in the shape of CC-NEWS, every record a gzip member.

    python3 make_warc.py OUT.warc.gz COPIES PAGE_OR_ARCHIVE...

PAGE_OR_ARCHIVE is a file of HTML, or a tar archive of such. A page is written with its request and
metadata records; a copy of a page gets another address and a line of its own at its end, so that no
two are equal. Python 3.11, standard library.
"""

import gzip
import hashlib
import sys
import tarfile


def pages(paths):
    for path in paths:
        if tarfile.is_tarfile(path):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile():
                        yield archive.extractfile(member).read()
        else:
            with open(path, "rb") as file:
                yield file.read()


def record(kind, url, content_type, block):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2031-03-04T05:06:07Z\r\n"
        f"WARC-Record-ID: <urn:sha1:{hashlib.sha1(block).hexdigest()}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def main():
    out, copies, paths = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    found = list(pages(paths))
    unpacked = 0
    with open(out, "wb") as file:
        for copy in range(copies):
            for index, page in enumerate(found):
                url = f"https://example.org/{copy}/{index}"
                body = page + f"\n<!-- {copy} -->".encode()
                answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
                request = b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"
                file.write(record("request", url, "application/http; msgtype=request", request))
                file.write(record("response", url, "application/http; msgtype=response", answer))
                file.write(record("metadata", url, "application/warc-fields", b"fetchTimeMs: 81\r\n"))
                unpacked += len(body)
    print(f"{copies * len(found)} pages, {unpacked / 1e6:.1f} MB of HTML", file=sys.stderr)


if __name__ == "__main__":
    main()
