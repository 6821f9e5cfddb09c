"""What people do with oscar-python, in that order: run with a cluster's endpoint and release, an image, and OSCAR_PASSWORD.

Prints one line for each thing that holds, and ends with an error at the first that does not.
"""

import os
import sys
import tempfile
import time

from oscar_python.client import Client
from requests import HTTPError

endpoint, version, image = sys.argv[1], sys.argv[2], sys.argv[3]
newer = hasattr(Client, "health_check")
client = Client({"cluster_id": "here", "endpoint": endpoint, "user": "oscar", "password": os.environ["OSCAR_PASSWORD"], "ssl": False})
name = "conformance"
folder = tempfile.mkdtemp()


def holds(what, is_so):
    if not is_so:
        sys.exit(f"does not hold: {what}")
    print(f"ok {what}")


def jobs():
    found = client.list_jobs(name).json()
    return found.get("jobs", found) or {}


def is_told():
    try:
        return "cluster" in client.get_cluster_status().json()
    except HTTPError as error:
        # a cluster whose machines nobody measures says so
        return "metrics" in error.response.text


def wait_for(what, check, seconds=60):
    end = time.time() + seconds
    while not check() and time.time() < end:
        time.sleep(0.3)
    holds(what, check())


# what the program that stands for its image in the sandbox does by itself
script = """#!/bin/sh
name=$(basename "$INPUT_FILE_PATH")
set -- $(wc < "$INPUT_FILE_PATH")
echo "$1 $2 $3 $name" | tee "$TMP_OUTPUT_DIR/$name.count.txt"
"""
service = {
    "name": name,
    "image": image,
    "script": script,
    "cpu": "0.5",
    "memory": "128Mi",
    "input": [{"storage_provider": "minio.default", "path": f"{name}/in"}],
    "output": [{"storage_provider": "minio.default", "path": f"{name}/out"}],
}

info = client.get_cluster_info().json()
holds("info", info["version"] == f"v{version}")
holds("config", client.get_cluster_config().json()["minio_provider"]["access_key"] == "minio")
holds("status", is_told())
holds("create", client.create_service(service).status_code == 201)
try:
    client.create_service(service)
    holds("create a second time is refused", False)
except ValueError:
    holds("create a second time is refused", True)
holds("list", name in [one["name"] for one in client.list_services().json()])
# without its owner it would be nobody's, and OSCAR would not remove its buckets
changed = {**service, "memory": "256Mi", "owner": "cluster_admin"}
holds("update", client.update_service(name, changed).status_code == 204)
holds("get", client.get_service(name).json()["memory"] == "256Mi")

path = os.path.join(folder, "a.txt")
with open(path, "w", encoding="utf-8") as file:
    file.write("one two\nthree\n")
storage = client.create_storage_client(name)
storage.upload_file("minio.default", path, f"{name}/in")
wait_for("a file that arrives is a job", lambda: [job["status"] for job in jobs().values()] == ["Succeeded"])
listed = storage.list_files_from_path("minio.default", f"{name}/out")["Contents"]
holds("list files", "out/a.txt.count.txt" in [one["Key"] for one in listed])
storage.download_file("minio.default", folder, f"{name}/out/a.txt.count.txt")
with open(os.path.join(folder, "a.txt.count.txt"), encoding="utf-8") as file:
    holds("download", file.read() == "2 3 14 a.txt\n")
job = next(iter(jobs()))
holds("logs", "Found 'MINIO' input provider" in client.get_job_logs(name, job).text)

if info.get("serverless_backend"):
    client.run_service(name, input="hello world", output=os.path.join(folder, "answer.txt"))
    with open(os.path.join(folder, "answer.txt"), encoding="utf-8") as file:
        holds("run and wait", file.read() == "0 2 11 input\n")
holds("run later", client.run_service(name, input="hello", async_call=True).status_code == 201)
wait_for("a job that was submitted runs", lambda: len(jobs()) == 2 and all(one["status"] == "Succeeded" for one in jobs().values()))

if newer:
    holds("health", client.health_check().status_code == 200)
    holds("create a bucket", client.create_bucket("conformance-bucket").status_code == 201)
    holds("ask that a bucket is shown to all", client.update_bucket("conformance-bucket", "public").status_code in (200, 204))
    shown = {one["bucket_name"]: one["visibility"] for one in client.list_buckets().json()}
    # with the cluster's password OSCAR itself says yes and does nothing, as was seen of 4.1.2
    holds("list buckets", shown.get("conformance-bucket") == "")
    holds("sign an address", client.presign_bucket("conformance-bucket", "x.txt", "upload").json()["method"] == "PUT")
    holds("remove a bucket", client.delete_bucket("conformance-bucket").status_code == 204)
    holds("system logs", "logs" in client.get_system_logs().json())
    if version.startswith("4."):
        holds("deployment", client.get_deployment_status(name).json()["service_name"] == name)
        holds("deployment logs", client.get_deployment_logs(name).json()["available"] is True)
        holds("no federation", client.get_federation(name).json() == {"topology": "none", "members": None})

holds("remove a job", client.remove_job(name, job).status_code == 204)
holds("remove all jobs", client.remove_all_jobs(name).status_code == 204)
holds("remove", client.remove_service(name).status_code == 204)
holds("nothing is left", client.list_services().json() == [])
