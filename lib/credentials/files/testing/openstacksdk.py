"""Says what openstacksdk makes of files: a list of {config, secure} or {env} comes in as JSON, a list of what each cloud is goes out."""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
for name in [name for name in os.environ if name.startswith("OS_")]:
    del os.environ[name]

from openstack.config.loader import OpenStackConfig  # noqa: E402

AUTH = [
    "auth_url",
    "username",
    "user_id",
    "user_domain_id",
    "user_domain_name",
    "default_domain_id",
    "default_domain_name",
    "password",
    "project_id",
    "project_name",
    "application_credential_id",
    "application_credential_name",
    "application_credential_secret",
]


def written(value):
    """A value, and whether it is still a text."""
    return None if value is None else {"text": str(value), "isText": isinstance(value, str)}


def one(config, cloud, region):
    try:
        found = config.get_one(cloud, region_name=region)
    except Exception as error:  # noqa: BLE001  whatever it is: openstacksdk does not take the entry
        return {"cloud": str(cloud), "region": region, "refused": f"{type(error).__name__}: {error}"}
    auth = found.config["auth"]
    return {
        "cloud": str(cloud),
        "region": region,
        "regionName": written(found.config.get("region_name")),
        "authType": found.config["auth_type"],
        "auth": {name: written(auth[name]) for name in AUTH if name in auth},
    }


def read(job):
    for name in [name for name in os.environ if name.startswith("OS_")]:
        del os.environ[name]
    os.environ.update(job.get("env", {}))
    files = [job["config"]] if "config" in job else []
    secure = [job["secure"]] if job.get("secure") else []
    try:
        config = OpenStackConfig(config_files=files, secure_files=secure, vendor_files=[])
        clouds = list(config.cloud_config["clouds"])
        regions = {cloud: [region["name"] for region in config._get_regions(cloud)] for cloud in clouds}
    except Exception as error:  # noqa: BLE001  nor these files
        return [{"refused": f"{type(error).__name__}: {error}"}]
    return [one(config, cloud, region) for cloud in clouds for region in regions[cloud]]


json.dump([read(job) for job in json.load(sys.stdin)], sys.stdout)
