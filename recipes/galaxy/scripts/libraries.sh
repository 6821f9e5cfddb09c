#!/usr/bin/env bash
# Makes Galaxy's Python, and installs Galaxy's parts that read data, describe tools and keep files, with all that they are built on: Python packages, each of one
# version and one checksum; and from the distribution PostgreSQL, nginx and what tools run.
# This list and that of packages.sh are together `uv pip compile --universal --python-version 3.10` of galaxy-app, galaxy-web-apps, galaxy-web-client, psycopg2-binary,
# setuptools and setuptools-scm, with the versions that Galaxy's own package `galaxy` names, kept to what Linux on x86-64 with Python 3.10 to 3.13 can use.
set -euo pipefail
home=/opt/galaxy

# The database is made where the data is to be, not where the distribution would put it.
install -d /etc/postgresql-common
printf '%s\n' 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
# perl, gawk and bzip2 are what Galaxy's own tools run
apt_install python3 python3-venv curl jq openssl postgresql nginx perl gawk bzip2
[ -x "$home/bin/pip" ] || python3 -m venv "$home"

log "Installing Python packages"
cat >"$home/libraries.txt" <<'LOCK'
alembic==1.18.4 --hash=sha256:a5ed4adcf6d8a4cb575f3d759f071b03cd6e5c7618eb796cb52497be25bfe19a
annotated-types==0.7.0 --hash=sha256:1f02e8b43a8fbbc3f3e0d4f0f4bfc8131bcb4eebe8849b8e5c773f3a1c582a53
appdirs==1.4.4 --hash=sha256:a841dacd6b99318a741b166adb07e19ee71a274450e68237b4650ca1055ab128
arcp==0.2.1 --hash=sha256:4e09b2d8a9fc3fda7ec112b553498ff032ea7de354e27dbeb1acc53667122444
async-timeout==5.0.1 ; python_full_version < '3.11' --hash=sha256:39e3809566ff85354557ec2398b55e096c8364bacac9405a7a1fa429e77fe76c
backports-tarfile==1.2.0 ; python_full_version < '3.12' --hash=sha256:77e284d754527b01fb1e6fa8a1afe577858ebe4e9dad8919e34c862cb399bc34
bagit==1.9.0 --hash=sha256:9455006c2d1df88be95ec1fccabc5ea623389589ea4c85b3d85bd256f29d7656
bagit-profile==1.3.1 --hash=sha256:7565a95902cbdc9a646eece0939cfec025d77b00764d10538fd3d5962fa1c2b7
bdbag==1.8.0 --hash=sha256:f835bf80402d90d8586b2aeddf2e070f9a172722c1c928c7d771e74b44e6b5ad
bleach==6.3.0 --hash=sha256:fe10ec77c93ddf3d13a73b035abaac7a9f5e436513864ccdad516693213c65d6
boltons==25.0.0 --hash=sha256:dc9fb38bf28985715497d1b54d00b62ea866eca3938938ea9043e254a3a6ca62
bx-python==0.14.0 --hash=sha256:0f560a35311141b4e91213038511e4bb68e6d7454f3e2f8f30dae21b4bdc3166 --hash=sha256:8c11f5119e646ce36185ee8e83f8c90526a342c2ef46d75551572b236cbeaa10 --hash=sha256:b042599be5619ed5bcb209ecc7c1262bf3055abd3d10c242970b2aeb8772dc6e --hash=sha256:2fd3549f03624ba382ff07ea3dcf5b7eca20f849d3c9a4dc220b4893fd6d9210
certifi==2026.10.19.post1 --hash=sha256:1324c476b4811eff41a8bc2122cd0bbd4d9c7234c725446d99ab1612b3a7fdd2
cffi==2.0.0 --hash=sha256:fc7de24befaeae77ba923797c7c87834c73648a05a4bde34b3b7e5588973a453 --hash=sha256:8941aaadaf67246224cee8c3803777eed332a19d909b47e29c9842ef1e79ac26 --hash=sha256:3e17ed538242334bf70832644a32a7aae3d83b57567f9fd60a26257e992b79ba --hash=sha256:c8d3b5532fc71b7a77c09192b4a5a200ea992702734a2e9279a37f2478236f26
charset-normalizer==3.4.7 --hash=sha256:cf29836da5119f3c8a8a70667b0ef5fdca3bb12f80fd06487cfa575b3909b393 --hash=sha256:2fe249cb4651fd12605b7288b24751d8bfd46d35f12a20b1ba33dea122e690df --hash=sha256:5649fd1c7bade02f320a462fdefd0b4bd3ce036065836d4f42e0de958038e116 --hash=sha256:e044c39e41b92c845bc815e5ae4230804e8e7bc29e399b0437d64222d92809dd
click==8.3.3 --hash=sha256:a2bf429bb3033c89fa4936ffb35d5cb471e3719e1f3c8a7c3fff0b8314305613
conda-package-streaming==0.12.0 --hash=sha256:45ae0ac0e198188703e845a42ac21292b73cd7077df358ea882d25923ab26f96
cryptography==48.0.0 --hash=sha256:9071196d81abc88b3516ac8cdfad32e2b66dd4a5393a8e68a961e9161ddc6239 --hash=sha256:bd72e68b06bb1e96913f97dd4901119bc17f39d4586a5adf2d3e47bc2b9d58b5
ct3==3.4.0.post5 --hash=sha256:56dfd588ca05f0d17e8d963fb9bb540329213aa31734e1d8873c677d4a6a5cb2 --hash=sha256:fba0d4810a3c300b3768840abcd34c557965d67c7248cbbd70b734efef425685 --hash=sha256:3be2cd9d24b6c6741e90c3f854b20dd019b0c47f7887962972a515b92c35204e --hash=sha256:a85e6d708344ebe93e846d2855d73e0db73b6a8c7aabdc2f4daf27b56abf44b9
defusedxml==0.7.1 --hash=sha256:a352e7e428770286cc899e2542b6cdaedb2b4953ff269a210103ec58f6198a61
dnspython==2.8.0 --hash=sha256:01d9bbc4a2d76bf0db7c1f729812ded6d912bd318d3b1cf81d30c0f845dbf3af
docopt==0.6.2 --hash=sha256:49b3a825280bd66b3aa83585ef59c4a8c82f2c8a522dbe754a8bc8d08c85c491
docutils==0.21.2 ; python_full_version < '3.11' --hash=sha256:dafca5b9e384f0e419294eb4d2ff9fa826435bf15f15b7bd45723e8ad76811b2
docutils==0.22.4 ; python_full_version >= '3.11' --hash=sha256:d0013f540772d1420576855455d050a2180186c91c15779301ac2ccb3eeb68de
email-validator==2.3.0 --hash=sha256:80f13f623413e6b197ae73bb10bf4eb0908faf509ad8362c5edeb0be7fd450b4
et-xmlfile==2.0.0 --hash=sha256:7a91720bc756843502c3b7504c77b8fe44217c85c537d85037f0f536151b2caa
exceptiongroup==1.3.1 --hash=sha256:a7a39a3bd276781e98394987d3a5701d0c4edffb633bb7a5144577f82c773598
fs==2.4.16 --hash=sha256:660064febbccda264ae0b6bace80a8d1be9e089e0a5eb2427b7d517f9a91545c
fsspec==2026.4.0 --hash=sha256:11ef7bb35dab8a394fde6e608221d5cf3e8499401c249bebaeaad760a1a8dec2
future==1.0.0 --hash=sha256:929292d34f5872e70396626ef385ec22355a1fae8ad29e1a734c3e43f9fbc216
galaxy-config==26.1.2 --hash=sha256:983730e9c1054ea5cec2eca6e04080a8f3a49b037a827c0e65588e859d7e1df2
galaxy-data==26.1.2 --hash=sha256:c2a6ae5002f410506328ec748c749c0cf066d7b341f48c5b653b76f825173bf9
galaxy-files==26.1.2 --hash=sha256:a00263cd7254579dd4038dec07026fb214f109b872dab7998820a90156c6c7c2
galaxy-job-execution==26.1.2 --hash=sha256:812376928bd7cbde5a00d720eca6df6937898e51077ce81ad0e4f1e9974c6e81
galaxy-navigation==26.1.2 --hash=sha256:1e729895c4b5405adb5fa9dd48c9ca79351ce3e97e086c487ddf8660e20d6b13
galaxy-objectstore==26.1.2 --hash=sha256:6d4dc9a7a0af23fdd35c1f55fa746474b9cc015c74fd6a84bd6a6f435a250205
galaxy-schema==26.1.2 --hash=sha256:573edc4fcc749f17f383a30ee84129ef419fa431fe78476fad65d6cda58b6785
galaxy-sequence-utils==1.2.0 --hash=sha256:0b81537467ac9e738f8e137de210a8c3adecd153f1d0365e8912728493150609
galaxy-tool-util==26.1.2 --hash=sha256:dadd409c09b3b2e664c547bd2ccb054bd27ff6e0bed8a11eb874eb510c0c4e67
galaxy-tool-util-models==26.1.2 --hash=sha256:1eba3dac831a06e34b51ff642ab7da8492769af454b38f4e417245a0ced2f942
galaxy-tours==26.1.2 --hash=sha256:eda0f37f6c3d230feeaf2f9956cc414a16745540c7f2cf8ab7f80d76b0198c93
galaxy-util==26.1.2 --hash=sha256:c9ffaa3948ee3cb05061b9c849d2e717d4d9774ba7e4ca9760fe2691fe765e63
galaxy-web-client==26.1.2 --hash=sha256:5c052bcc7b1ee4db8471e0c74866e24a6ab28e8faa7e16e1a591a10060d1995c
greenlet==3.5.0 --hash=sha256:4b28037cb07768933c54d81bfe47a85f9f402f57d7d69743b991a713b63954eb --hash=sha256:0ff251e9a0279522e62f6176412869395a64ddf2b5c5f782ff609a8216a4e662 --hash=sha256:9d280a7f5c331622c69f97eb167f33577ff2d1df282c41cd15907fc0a3ca198c --hash=sha256:2094acd54b272cb6eae8c03dd87b3fa1820a4cef18d6889c378d503500a1dc13
h5grove==4.0.0 --hash=sha256:8bacfc2af4af0b302fd7688e9c1f463e6a80e142d0272f871d37019d6e6a16d5
h5py==3.16.0 --hash=sha256:8975273c2c5921c25700193b408e28d6bdd0111c37468b2d4e25dcec4cd1d84d --hash=sha256:fb1720028d99040792bb2fb31facb8da44a6f29df7697e0b84f0d79aff2e9bd3 --hash=sha256:dfc21898ff025f1e8e67e194965a95a8d4754f452f83454538f98f8a3fcb207e --hash=sha256:9300ad32dea9dfc5171f94d5f6948e159ed93e4701280b0f508773b3f582f402
idna==3.15 --hash=sha256:048adeaf8c2d788c40fee287673ccaa74c24ffd8dcf09ffa555a2fbb59f10ac8
ijson==3.5.0 --hash=sha256:2adeecd45830bfd5580ca79a584154713aabef0b9607e16249133df5d2859813 --hash=sha256:1e74aff8c681c24002b61b1822f9511d4c384f324f7dbc08c78538e01fdc9fcb --hash=sha256:7389a56b8562a19948bdf1d7bae3a2edc8c7f86fb59834dcb1c4c722818e645a --hash=sha256:3e4c1178fb50aff5f5701a30a5152ead82a14e189ce0f6102fa1b5f10b2f54ff
importlib-resources==7.1.0 ; python_full_version < '3.12' --hash=sha256:1bd7b48b4088eddb2cd16382150bb515af0bd2c70128194392725f82ad2c96a1
isa-rwval==0.10.11 --hash=sha256:e0e6b5e1922cf2de2e2f8a8237ccd8c8f3dbc9cf9c8393b4881ac4c5d9a0c864
isal==1.8.0 --hash=sha256:256615b3d4a7fd52f3b7d7ef6c0b88df83acbb5ddf360fcb3497c922dc483103 --hash=sha256:4207dde1088b899c461792c1fb5db6b0cbfeb453460fb176042b2104559fc4f1 --hash=sha256:d3c28ff61f2f300e498ea0f50cb1528d8c14631fce4cdfce191ed05775952de3 --hash=sha256:df4550061cbc828def0e19f7cf59c8dfe8d585869bd33ed4c5ddf6f1c477f640
jinja2==3.1.6 --hash=sha256:85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67
lxml==6.1.0 --hash=sha256:a1d9b99e5b2597e4f5aed2484fef835256fa1b68a19e4265c97628ef4bf8bcf4 --hash=sha256:363e47283bde87051b821826e71dde47f107e08614e1aa312ba0c5711e77738c --hash=sha256:bc783ee3147e60a25aa0445ea82b3e8aabb83b240f2b95d32cb75587ff781814 --hash=sha256:e69aa6805905807186eb00e66c6d97a935c928275182eb02ee40ba00da9623b2
mako==1.3.12 --hash=sha256:8f61569480282dbf557145ce441e4ba888be453c30989f879f0d652e39f53ea9
markupsafe==3.0.3 --hash=sha256:f42d0984e947b8adf7dd6dde396e720934d12c506ce84eea8476409563607591 --hash=sha256:0bf2a864d67e76e5c9a34dc26ec616a66b9888e25e7b9460e1c76d3293bd9dbf --hash=sha256:d6dd0be5b5b189d31db7cda48b91d7e0a9795f31430b7f271219ab30f1d3ac9d --hash=sha256:ccfcd093f13f0f0b7fdd0f198b90053bf7b2f02a3927a30e63f3ccc9df56b676
mrcfile==1.5.4 --hash=sha256:195370a13db5ce19600499f9bdf90fd9888979bf39de19a17c19024436c6f4c2
msal==1.36.0 --hash=sha256:36ecac30e2ff4322d956029aabce3c82301c29f0acb1ad89b94edcabb0e58ec4
networkx==3.4.2 ; python_full_version < '3.11' --hash=sha256:df5d4365b724cf81b8c6a7312509d0c22386097011ad1abe274afd5e9d3bbc5f
networkx==3.6.1 ; python_full_version >= '3.11' --hash=sha256:d47fbf302e7d9cbbb9e2555a0d267983d2aa476bac30e90dfbe5669bd57f3762
numpy==2.2.6 ; python_full_version < '3.11' --hash=sha256:fc7b73d02efb0e18c000e9ad8b83480dfcd5dfd11065997ed4c6747470ae8915
numpy==2.4.5 ; python_full_version >= '3.11' --hash=sha256:07ce7e74da92d7c71b5df157b9758bcdd53d7fea10602154de3afd2b3ddc34dd --hash=sha256:685681e956fc8dcb75adc6ff26694e1dfd738b24bd8d4696c51ca0110157f912 --hash=sha256:1616bde34b2bcba2fa9bde06217ce00da4f3d1bdfb264d54525a99e8fe170d83
oauthlib==3.3.1 --hash=sha256:88119c938d2b8fb88561af5f6ee0eec8cc8d552b7bb1f712743136eb7523b7a1
openpyxl==3.1.5 --hash=sha256:5282c12b107bffeef825f4617dc029afaf41d0ea60823bbb665ef3079dc79de2
orjson==3.11.9 --hash=sha256:71f3db16e69b667b132e0f305a833d5497da302d801508cbb051ed9a9819da47 --hash=sha256:147302878da387104b66bb4a8b0227d1d487e976ce41a8501916161072ed87b1 --hash=sha256:be4fa4f0af7fa18951f7ab3fc2148e223af211bf03f59e1c6034ec3f97f21d61 --hash=sha256:4e39364e726a8fff737309aff059ff67d8a8c8d5b677be7bb49a8b3e84b7e218
packaging==25.0 --hash=sha256:29572ef2b1f17581046b3a2227d5c611fb25ec70ca1ba8554b24b0e69331a484
parsley==1.3 --hash=sha256:c3bc417b8c7e3a96c87c0f2f751bfd784ed5156ffccebe2f84330df5685f8dc3
pillow==12.2.0 --hash=sha256:88d387ff40b3ff7c274947ed3125dedf5262ec6919d83946753b5f3d7c67ea4c --hash=sha256:e74473c875d78b8e9d5da2a70f7099549f9eb37ded4e2f6a463e60125bccd176 --hash=sha256:62f5409336adb0663b7caa0da5c7d9e7bdbaae9ce761d34669420c2a801b2780 --hash=sha256:eedf4b74eda2b5a4b2b2fb4c006d6295df3bf29e459e198c90ea48e130dc75c3
psycopg2-binary==2.9.13 --hash=sha256:d2fc9342aad969b9a28490a4c3eaba94b35beb2d26e9a39b31d1430378aa71b2 --hash=sha256:930e7e58b33a4f9c39e7532d7a40147925cf3372baed4229cbebe0cf3ba9ce6b --hash=sha256:e3861eba31f8ea8663fd876166b032fd89179e42aa63764d6feb281f13f9eb60 --hash=sha256:f04ada42bcd537adbaf8b7f3140237a204e452a88d0c1831cfce69f7d2e59f4e
pycparser==3.0 --hash=sha256:b727414169a36b7d524c1c3e31839a521725078d7b2ff038656844266160a992
pycryptodome==3.23.0 --hash=sha256:c8987bd3307a39bc03df5c8e0e3d8be0c4c3518b7f044b0f4c15d1aa78f52575
pydantic==2.13.4 --hash=sha256:45a282cde31d808236fd7ea9d919b128653c8b38b393d1c4ab335c62924d9aba
pydantic-core==2.46.4 --hash=sha256:395aebd9183f9d112f569aeb5b2214d1a10a33bec8456447f7fbdfa51d38d4cd --hash=sha256:f9fa868638bf362d3d138ea55829cefb3d5f4b0d7f142234382a15e2485dbec4 --hash=sha256:926c9541b14b12b1681dca8a0b75feb510b06c6341b70a8e500c2fdcff837cce --hash=sha256:9551187363ffc0de2a00b2e47c25aeaeb1020b69b668762966df15fc5659dd5a
pydantic-extra-types==2.11.1 --hash=sha256:1722ea2bddae5628ace25f2aa685b69978ef533123e5638cfbddb999e0100ec1
pydicom==3.0.2 --hash=sha256:abf971a5440f84dbaf42c4b6758e30e62480902584f8b270b9a5d146e278a07b
pyjwt==2.12.1 --hash=sha256:28ca37c070cad8ba8cd9790cd940535d40274d22f80ab87f3ac6a713e6e8454c
pykwalify==1.8.0 --hash=sha256:731dfa87338cca9f559d1fca2bdea37299116e3139b73f78ca90a543722d6651
pylibmagic==0.5.0 --hash=sha256:24b5bb791d42653d2668913c7b9a789b5458a2fff09d0ec3c8af33a1204eea6a
pyparsing==3.3.2 --hash=sha256:850ba148bd908d7e2411587e247a1e4f0327839c40e2e5e6d05a007ecc69911d
pypng==0.20220715.0 --hash=sha256:4a43e969b8f5aaafb2a415536c1a8ec7e341cd6a3f957fd5b5f32a4cfeed902c
pysam==0.24.0 --hash=sha256:98a40440b16bbf67b696914a10acc241a0cd0fa02dcb14aee8e614eb2c5d8b37 --hash=sha256:8de0b19109da0c4aa8e44c6fef2fae97f0e616f3cdf5be0f1b74f7946b8de262 --hash=sha256:4a642f18649e59817de272173e9c27c031dceaca199809e4f8b338ebfc5d6698 --hash=sha256:1448b3100f79bd00830c586a256ea21b1f701d937f5ad4318adffdb5b2933478
python-dateutil==2.9.0.post0 --hash=sha256:a8b2bc7bffae282281c8140a97d3aa9c14da0b136dfe83f850eea9a5f7470427
python-magic==0.4.27 --hash=sha256:c212960ad306f700aa0d01e5d7a325d20548ff97eb9920dcd29513174f0294d3
python3-openid==3.2.0 --hash=sha256:6626f771e0417486701e0b4daff762e7212e820ca5b29fcc0d05f6f8736dfa6b
pytz==2026.2 --hash=sha256:04156e608bee23d3792fd45c94ae47fae1036688e75032eea2e3bf0323d1f126
pyyaml==6.0.3 --hash=sha256:9c7708761fccb9397fe64bbc0395abcae8c4bf7b0eac081e12b809bf47700d0b --hash=sha256:b8bb0864c5a28024fac8a632c443c87c5aa6f215c0b126c449ae1a150412f31d --hash=sha256:ba1cc08a7ccde2d2ec775841541641e4548226580ab850948cbfda66a1befcdc --hash=sha256:0f29edc409a6392443abf94b9cf89ce99889a1dd5376d94316ae5145dfedd5d6
requests==2.34.2 --hash=sha256:2a0d60c172f83ac6ab31e4554906c0f3b3588d37b5cb939b1c061f4907e278e0
requests-oauthlib==2.0.0 --hash=sha256:7dd8a5c40426b779b0868c404bdef9768deccf22749cde15852df527e6269b36
rocrate==0.14.2 --hash=sha256:2fcb1452e81e2f54e4456a7d69c74b37a0a56e55a43428292f593d9deebc6de2
ruamel-yaml==0.19.1 --hash=sha256:27592957fedf6e0b62f281e96effd28043345e0e66001f97683aa9a40c667c93
seletools==1.5.0 --hash=sha256:afbea99d1943b721e5f49e6c7fd776ce5622c83fd6779893969b1b5da84608fb
setuptools==81.0.0 --hash=sha256:fdd925d5c5d9f62e4b74b30d6dd7828ce236fd6ed998a08d81de62ce5a6310d6
setuptools-scm==10.2.1 --hash=sha256:b7c82f4102d389ee57dc66ccdb4f9b4bca3c40ba83b43f1f63d68ccd72db2580
six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274
social-auth-core==4.9.1 --hash=sha256:2eca8a6ae678bae7e24e5aa3c72f99c77983012a09b8916ce9791dcfccade725
sortedcontainers==2.4.0 --hash=sha256:a163dcaede0f1c021485e957a39245190e74249897e2ae4b2aa38595db237ee0
sqlalchemy==2.0.49 --hash=sha256:6eb188b84269f357669b62cb576b5b918de10fb7c728a005fa0ebb0b758adce1 --hash=sha256:4d4e5a0ceba319942fa6b585cf82539288a61e314ef006c1209f734551ab9536 --hash=sha256:3bb9ec6436a820a4c006aad1ac351f12de2f2dbdaad171692ee457a02429b672 --hash=sha256:47604cb2159f8bbd5a1ab48a714557156320f20871ee64d550d8bf2683d980d3
tifffile==2025.5.10 ; python_full_version < '3.11' --hash=sha256:e37147123c0542d67bc37ba5cdd67e12ea6fbe6e86c52bee037a9eb6a064e5ad
tifffile==2026.3.3 ; python_full_version == '3.11.*' --hash=sha256:e8be15c94273113d31ecb7aa3a39822189dd11c4967e3cc88c178f1ad2fd1170
tifffile==2026.5.15 ; python_full_version >= '3.12' --hash=sha256:6715515a53cabc0cefc5c9f13a0ae2c250e63e2ca784ce02d0b6c333810c2a17
tomli==2.4.1 ; python_full_version < '3.11' --hash=sha256:0d85819802132122da43cb86656f8d1f8c6587d54ae7dcaf30e90533028b49fe
typing-extensions==4.15.0 --hash=sha256:f0fa19c6845758ab08074a0cfa8b7aecb71c999ca73d62883bc25cc018c4e548
typing-inspection==0.4.2 --hash=sha256:4ed1cacbdc298c220f1bd249ed5287caa16f34d44ef4e9c3d0cbad5b521545e7
tzlocal==5.3.1 --hash=sha256:eb1a66c3ef5847adf7a834f1be0800581b683b5608e74f86ecbcef8ab91bb85d
urllib3==2.7.0 --hash=sha256:9fb4c81ebbb1ce9531cce37674bbc6f1360472bc18ca9a553ede278ef7276897
vcs-versioning==2.2.2 --hash=sha256:fe7fb216f8780a5516e7864a9333aacb1b70015b087a9be3918da76ef2760808
webencodings==0.5.1 --hash=sha256:a0af1213f3c2226497a97e2b3aa01a7e4bee4f403f95be16fc9acd2947514a78
zipstream-new==1.1.8 --hash=sha256:0662eb3ebe764fa168a5883cd8819ef83b94bd9e39955537188459d2264a7f60
zstandard==0.25.0 --hash=sha256:4b6d83057e713ff235a12e73916b6d356e3084fd3d14ced499d84240f3eecee0 --hash=sha256:9300d02ea7c6506f00e627e287e0492a5eb0371ec1670ae852fefffa6164b072 --hash=sha256:5a56ba0db2d244117ed744dfa8f6f5b366e14148e00de44723413b2f3938a902 --hash=sha256:8e735494da3db08694d26480f1493ad2cf86e99bdd53e8e9771b2752a5c0246a
LOCK
# The two lists are whole, so that nothing is looked for beside them.
pip() { retry 3 "$home/bin/pip" --disable-pip-version-check --no-input --quiet install --require-hashes --no-deps "$@"; }
# A few are published as sources alone: they are made into packages by what is pinned here, not by whatever is newest.
grep -E '^(setuptools|setuptools-scm|vcs-versioning|packaging|tomli|typing-extensions)==' "$home/libraries.txt" >"$home/builder.txt"
pip --only-binary :all: --requirement "$home/builder.txt"
pip --no-build-isolation --use-pep517 --only-binary :all: --no-binary bagit,docopt --requirement "$home/libraries.txt"
log "Python packages that Galaxy is built on: $(wc -l <"$home/libraries.txt")"
