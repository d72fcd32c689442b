#!/usr/bin/env python3
"""Let Django and drf serve one database at once, and compare what each reads of the other's rows.

    interop.py --suites DIR --drf "target/release/bookstore --db {db} --port {port}"
               [--engine sqlite|postgres|mysql] [--operations 300] [--seed 1]

DIR is the folder of the recorded suites, with `harness.py` and the reference project; run this with a Python that has
the packages of `DIR/reference/requirements.txt`. Each operation is a write through a random one of the two servers. Then
both servers are asked for the row and for a random list, and their responses must be equal byte for byte.

The last line is "N passed, M failed"; the exit status is 1 if any comparison failed.
"""
import argparse
import http.client
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

TEXTS = ["Oak", "Ø & Söhne", "日本の出版", "tabs\tand\nlines", "O'Neil \"quoted\"", "100%_", "🦀 crab", "\\back/slash", " inner  blanks "]
COMPARED = ["content-type", "allow", "vary"]


class Client:
    """Requests of the administrator to one server."""

    def __init__(self, name, port, token):
        self.name, self.port = name, port
        self.headers = {"Host": "testserver", "Authorization": "Token " + token}

    def send(self, method, path, data=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = dict(self.headers)
        body = None
        if data is not None:
            body = json.dumps(data).encode()
            headers["Content-Type"] = "application/json"
        connection.request(method, urllib.parse.quote(path, safe="/?=&,%-"), body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name: answer.headers.get(name) for name in COMPARED}, content


class Operations:
    """Random writes. `keys` are the rows of each resource that may be there."""

    def __init__(self, rng):
        self.rng, self.count = rng, 0
        self.keys = {"publishers": [1, 2, 3, 4], "authors": [1, 2, 3], "books": [1, 2, 3, 4, 5], "reviews": [1, 2], "tags": [1, 2]}

    def text(self, longest):
        return self.rng.choice(TEXTS)[:longest]

    def unique(self, longest):
        self.count += 1
        return ("%d %s" % (self.count, self.rng.choice(TEXTS).strip()))[:longest].strip()

    def key(self, resource):
        return self.rng.choice(self.keys[resource])

    def publisher(self):
        return {"name": self.unique(64), "address": "%d-%s" % (self.rng.randint(1000, 9999), self.rng.choice(["Oak Lane", "Straße", "通り"]))}

    def author(self):
        email = self.rng.choice(["", "a%d@example.org" % self.count])
        return {"username": self.unique(150), "email": email, "role": self.rng.choice(["writer", "editor", "critic"])}

    def book(self):
        self.count += 1
        return {
            "name": self.unique(200),
            "isbn": "%013d" % (9780000000000 + self.count * 1000 + self.rng.randrange(1000)),
            "price": self.rng.choice(["0.00", "0.10", "9.99", "100.00", "50", "999999.99", "1234.5"]),
            "category": self.rng.choice(["fiction", "science", "history", "tech"]),
            "in_stock": self.rng.random() < 0.5,
            "rating": self.rng.choice([None, 0.0, 1.5, 3, 4.25, 0.1, 4.999999999]),
            "published": self.rng.choice([None, "1815-12-23", "2024-02-29", "0001-01-01", "9999-12-31"]),
            "publisher": self.key("publishers"),
            "authors": self.rng.sample(self.keys["authors"], self.rng.randint(1, min(3, len(self.keys["authors"])))),
        }

    def review(self):
        return {"book": self.key("books"), "rating": self.rng.randint(1, 5), "text": self.text(500).strip()}

    def tag(self):
        return {"book": self.key("books"), "label": "tag-%d" % self.rng.randrange(10**6), "weight": self.rng.choice([0, 1, 7, 32767])}

    def nested_publisher(self):
        items = [{key: self.book()[key] for key in ("name", "isbn", "price", "category")} for _ in range(self.rng.randint(0, 3))]
        return {**self.publisher(), "books": items}

    def choose(self):
        """-> method, path, data, and the resource that a new row's key is noted for"""
        resource = self.rng.choice(["publishers", "authors", "books", "books", "reviews", "tags", "tags-bulk", "nested-publishers"])
        if resource == "tags-bulk":
            return "POST", "/api/tags/", [self.tag() for _ in range(self.rng.randint(1, 4))], None
        if resource == "nested-publishers":
            if self.rng.random() < 0.5:
                return "POST", "/api/nested-publishers/", self.nested_publisher(), "publishers"
            return "PUT", "/api/nested-publishers/%d/" % self.key("publishers"), self.nested_publisher(), None
        make = {"publishers": self.publisher, "authors": self.author, "books": self.book, "reviews": self.review, "tags": self.tag}[resource]
        data, row = make(), "/api/%s/%d/" % (resource, self.key(resource))
        how = self.rng.random()
        if how < 0.45:
            return "POST", "/api/%s/" % resource, data, resource
        if how < 0.65:
            return "PUT", row, data, None
        if how < 0.9:
            return "PATCH", row, dict(self.rng.sample(sorted(data.items()), self.rng.randint(1, len(data)))), None
        return "DELETE", row, None, None

    def lists(self):
        """A path of a random list, which either server must read alike."""
        return self.rng.choice([
            "/api/publishers/", "/api/authors/?page_size=100", "/api/books/?page_size=100", "/api/reviews/", "/api/tags/",
            "/api/books-ro/", "/api/books-nested/", "/api/linked-books/", "/api/linked-publishers/",
            "/api/books/?ordering=-price,id", "/api/books/?in_stock=true&ordering=id", "/api/books/?search=crab",
            "/api/books/?category=tech&ordering=-id", "/api/publishers/%d/books/" % self.key("publishers"),
            # not /api/books/recent/: rows that one request adds have one time, and nothing orders them further
            "/api/nested-publishers/%d/" % self.key("publishers"),
        ])


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(command, database, log):
    port = free_port()
    command = [word.replace("{db}", database.name).replace("{url}", database.url).replace("{port}", str(port)) for word in command]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    deadline = time.time() + 60
    while time.time() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process, port
        except OSError:
            time.sleep(0.05)
    raise SystemExit("%s did not start" % command[0])


def play(clients, operations, rng, count):
    passed, failed, last = 0, 0, "the seed"

    def compare(path):
        nonlocal passed, failed
        (first, second), (a, b) = clients, [client.send("GET", path) for client in clients]
        if a == b:
            passed += 1
            return
        failed += 1
        print("FAIL after %s: GET %s\n  %s: %s\n  %s: %s" % (last, path, first.name, a, second.name, b))

    for _ in range(count):
        writer = rng.choice(clients)
        method, path, data, noted = operations.choose()
        status, _, body = writer.send(method, path, data)
        last = "%s %s %s through %s (%d)" % (method, path, json.dumps(data), writer.name, status)
        if status >= 500:
            failed += 1
            print("FAIL %s: %r" % (last, body[:300]))
        row = path
        if status == 201 and noted:
            key = json.loads(body)["id"]
            operations.keys[noted].append(key)
            row = "/api/%s/%d/" % (noted, key)
        compare(row)
        compare(operations.lists())
    for resource in operations.keys:
        for key in operations.keys[resource]:
            compare("/api/%s/%d/" % (resource, key))
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suites", required=True, type=Path)
    parser.add_argument("--drf", required=True)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "mysql"], default="sqlite")
    parser.add_argument("--operations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(args.suites.resolve()))
    import harness

    rng = random.Random(args.seed)
    serve = [sys.executable, "-B", str(args.suites / "reference" / "serve.py"), "{db}", "{port}"]
    processes = []
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "servers.log", "wb+") as log:
        database = harness.Database(args.engine, folder)
        try:
            clients = []
            for name, command in [("Django", serve), ("drf", args.drf.split())]:
                process, port = start(command, database, log)
                processes.append(process)
                clients.append(Client(name, port, harness.USERS["admin"]["token"]))
            passed, failed = play(clients, Operations(rng), rng, args.operations)
        finally:
            for process in processes:
                process.kill()
                process.wait()
            database.drop()
            harness.drop_template()
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
