#!/usr/bin/env bash
# Installs Kafka as the archives of Java that its makers publish, each of one version and one checksum, and a client for Python by which the cluster is set up and
# tried. Maven fetches them as nobody in particular; what has another checksum than the one below is not taken.
# The list is what kafka_2.13 needs to run, and log4j, so that it can say what it does.
set -euo pipefail
# shellcheck source=recipes/shared/java.sh
. ../shared/java.sh
home=/opt/kafka jars=/opt/kafka/lib version=4.2.0
id kafka >/dev/null 2>&1 || useradd --system --home-dir /var/lib/kafka --no-create-home --shell /usr/sbin/nologin kafka
apt_install python3 python3-venv openssl
install_java
apt_install maven

install -d -m 755 "$home"
cat >"$home/jars.sha256" <<'LOCK'
22d1d4316c4ec13a68b559e98c8256d69071593731da96136640f864fa14fad8  HdrHistogram-2.2.2.jar
65ceb669d88f63306c680f8088bbf765bbca72d288a61a03703000076c3d3f56  argparse4j-0.7.0.jar
ec411dfdf0c03f25218648ce89861630b71680e5858a9a7278ebac8e55cab3d7  caffeine-3.2.0.jar
9e44ba68ec9a3f21286fa2a8bbb003b735c0f69101bb43144b79f4f8aaa74709  commons-beanutils-1.11.0.jar
eeeae917917144a68a741d4c0dff66aa5c5c5fd85593ff217bced3fc8ca783b8  commons-collections-3.2.2.jar
e0b2b980a84fc6533c5ce291f1917b32c507f62bcad64198fff44368c2196a3d  commons-digester-2.1.jar
6d7a744e4027649fbb50895df9497d109f98c766a637062fe8d2eabbb3140ba4  commons-logging-1.3.5.jar
ed74711a78d793ca37f6075e4a1e93d107233dfd20d0bb17e32bad88d38e56aa  commons-validator-1.10.1.jar
23028a3fd006e530bf495f551083208187cafd8f80624d048eba56442f16a50e  hash4j-0.22.0.jar
e516743a316dcf83c572ffc9cb6e8c5e8c134880c8c5155b02f7b34e9c5dc3cf  jackson-annotations-2.19.2.jar
aa77eaf29293a868c47372194f7c5287d77d9370b04ea25d3fffc1e4904b5880  jackson-core-2.19.2.jar
0a1bd4e9b0d670e632d40ee8c625ad376233502f03c2f5889baea95d025b47a7  jackson-databind-2.19.2.jar
00a733ae8d1eadefefbef22dd2a2565b665e687864a11db3fad3487bb9448905  jackson-dataformat-csv-2.19.2.jar
80a213e7d998244922ab7bcf0938ea03eb7868e88e2d05a8407c6228c885a37e  jackson-dataformat-yaml-2.19.2.jar
6055fef10756e8bd1b0e8807aa1d881338c63ca95d59271e1da4922b9a17581e  jackson-datatype-jdk8-2.19.2.jar
df26cc58f235f477db07f753ba5a3ab243ebe5789d9f89ecf68dd62ea9a66c28  jopt-simple-5.0.4.jar
7314af50cde9c99e8eaf43eee617a23edcc6bb43036221064355094999d837ef  jose4j-0.9.6.jar
1fad6e6be7557781e4d33729d49ae1cdc8fdda6fe477bb0cc68ce351eafdfbab  jspecify-1.0.0.jar
bcf39f152c5553c2501a491fc4a73c5b0330741e8eed96a481323b8ee89738af  kafka-clients-4.2.0.jar
75c9ce733dd11759ef19f05d21af6397bacbf86dde83551ba46ecde51da1674d  kafka-coordinator-common-4.2.0.jar
6038093c1823c622a71825297aa03881d66b7df15213cb3a5e930cc36c32d1fb  kafka-group-coordinator-4.2.0.jar
7d3329e5696d48d84ebd0f7f25c4b27c14e397eb013d8a6113ce38d8e043c2aa  kafka-group-coordinator-api-4.2.0.jar
55fd69178bd1679ae484226e76d78556445e8d8668c03b511f351cf154bec845  kafka-metadata-4.2.0.jar
206c9580c4a9dde784e36508cdb1b020debb5a49b465712958e05cd6cc4da256  kafka-raft-4.2.0.jar
907c4c0ec05b99d311ab945be9747d5ac6f1697702529a8be55022126ca3742e  kafka-server-4.2.0.jar
e99890e8e09784e4d84f9295db4012c73cde6c2cddba0a4e104cb102e18e4aa0  kafka-server-common-4.2.0.jar
0f5f3e3561c8102a4f45399d028a36e70e7947cb1393cd98394e22ed7618852e  kafka-share-coordinator-4.2.0.jar
46316f7e8b3be51d83e0f2be63f6f4e61d7f19df1379fd0efe74c14c10582082  kafka-storage-4.2.0.jar
188cf7523cf3684913c645007b8e442b3934badfbf9082a3a0572172cc9f1214  kafka-storage-api-4.2.0.jar
0b0b73e897dfe87c2505695d72cacc5239aa15e9c8302ac918dc0705c30e70e9  kafka-tools-api-4.2.0.jar
1f337382004c3f0213845af939564aeb87f5973d0cce42b912e2d5b8dcf80b69  kafka-transaction-coordinator-4.2.0.jar
0490bc0a8675f9217c52b788c8a586f692ad5ae34a50a3ed370d2533b01bdbcb  kafka_2.13-4.2.0.jar
e886682920fa0fb9d6eb6395dcb4de088443f8646c89c5e5846e168e327f406f  log4j-api-2.25.3.jar
362b7fcb65b73aa46cc4bc53abf4eb216f444a83b5d1a037cb6fdfff0ae9f0f9  log4j-core-2.25.3.jar
f835ac2bf1a895d5e687b4ebf238bff05316dd672e572dff235024b6e320bcc9  log4j-slf4j-impl-2.25.3.jar
a58a84c4271e50df4c96ed916ccb7e48a869f8ed9cdcda1ad5d3d4c33b0214a3  lz4-java-1.10.1.jar
6b7a14a6f34c10f8683f7b5e2f39df0f07b58c7dff0e468ebbc713905c46979c  metrics-core-2.2.0.jar
2bbeef5797a241300c4f7513cd546239629ed7deda4fc0c31df90bb95f5f13ef  pcollections-4.0.2.jar
7b52c72156dd7f98b3237a5b35c1d34fba381b21048c89208913ad80a45dfbd7  re2j-1.8.jar
b7822c4225243215f185925724a6edff92cf18777a136cc738276c4446fac76c  scala-library-2.13.17.jar
0ad0c3f4d89d538b3b6c300158555e266aa69cf1b5f6522aba8b5bad238eb994  scala-logging_2.13-3.9.6.jar
734533897bcfabe7a6e7fa09dbee165b257b0396e14e8a57c75111db8e04bb98  scala-reflect-2.13.17.jar
d3ef575e3e4979678dc01bf1dcce51021493b4d11fb7f1be8ad982877c16a1c0  slf4j-api-1.7.36.jar
ef779af5d29a9dde8cc70ce0341f5c6f7735e23edff9685ceaa9d35359b7bb7f  snakeyaml-2.4.jar
4c766cb3f855415ee734b2392949a0b6f12a60879334a74518deaf6270d32e36  snappy-java-1.1.10.7.jar
b6c3237e24b8252a5a9c3a0e1ae30ef8f323412e74bd358548b7a9e527d676df  zstd-jni-1.5.6-10.jar
LOCK
if ! (cd "$jars" 2>/dev/null && sha256sum --check --quiet --strict "$home/jars.sha256" 2>/dev/null); then
  log "Fetching Kafka $version"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>transat</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.3</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>2.25.3</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-api</artifactId><version>2.25.3</version></dependency>
  </dependencies>
</project>
POM
  # Java reads neither the proxy of /etc/environment nor the certificates that the machine trusts: it is told of both.
  python3 - "$work" <<'PYTHON'
import hashlib
import os
import re
import ssl
import struct
import sys
from urllib.parse import urlsplit

work = sys.argv[1]
proxy = urlsplit(os.environ.get("https_proxy") or os.environ.get("http_proxy") or "")
entry = ""
if proxy.hostname:
    entry = "".join(
        f"<proxy><id>{each}</id><protocol>{each}</protocol><host>{proxy.hostname}</host><port>{proxy.port or 3128}</port></proxy>"
        for each in ("https", "http")
    )
with open(os.path.join(work, "settings.xml"), "w", encoding="utf-8") as file:
    file.write(f"<settings><proxies>{entry}</proxies></settings>")

bundle = os.environ.get("SSL_CERT_FILE") or "/etc/ssl/certs/ca-certificates.crt"
with open(bundle, encoding="utf-8", errors="replace") as file:
    found = re.findall("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", file.read(), re.DOTALL)
# the form of Java's own key stores
store = struct.pack(">III", 0xFEEDFEED, 2, len(found))
for number, text in enumerate(found):
    alias, kind, der = str(number).encode(), b"X.509", ssl.PEM_cert_to_DER_cert(text)
    store += struct.pack(">IH", 2, len(alias)) + alias + struct.pack(">Q", 0) + struct.pack(">H", len(kind)) + kind + struct.pack(">I", len(der)) + der
store += hashlib.sha1("changeit".encode("utf-16-be") + b"Mighty Aphrodite" + store).digest()
with open(os.path.join(work, "trusted.jks"), "wb") as file:
    file.write(store)
PYTHON
  chown -R kafka: "$work"
  fetch() {
    (cd "$work" && runuser -u kafka -- env HOME="$work" MAVEN_OPTS="-Djavax.net.ssl.trustStore=$work/trusted.jks -Djavax.net.ssl.trustStoreType=JKS" \
      mvn --batch-mode --quiet --settings "$work/settings.xml" -Dmaven.repo.local="$work/repository" \
      org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/lib")
  }
  retry 3 fetch
  (cd "$work/lib" && sha256sum --check --quiet --strict "$home/jars.sha256")
  # nothing beside them, so that nothing is run that has no checksum here
  rm -rf "$jars.new"
  install -d -m 755 "$jars.new"
  while read -r _ name; do install -o root -g root -m 644 "$work/lib/$name" "$jars.new/$name"; done <"$home/jars.sha256"
  rm -rf "$jars"
  mv "$jars.new" "$jars"
fi

[ -x "$home/client/bin/pip" ] || python3 -m venv "$home/client"
cat >"$home/requirements.txt" <<'LOCK'
confluent-kafka==2.16.1 --hash=sha256:5c5315512475f1b029b0cc1483a811a2263fa0907f61ebd0e27ff7acc5ce86e2 --hash=sha256:24f613cc81a856b6fbb2d7d11044a9aa770044eecc1f83ff84618688b056be06 --hash=sha256:fdb2c4d53e84e10f4e567f4e74bba45d0ce90276b81259c3fc58df6960caabf5 --hash=sha256:ea772c30cfa618fcdfbc25756e3f7b4c5a221b0bffda98031293f8ffb7169609
LOCK
retry 3 "$home/client/bin/pip" --disable-pip-version-check --no-input --quiet install --require-hashes --only-binary :all: --requirement "$home/requirements.txt"
log "Kafka $version is here"
