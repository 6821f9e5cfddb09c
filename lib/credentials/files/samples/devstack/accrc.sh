# OpenStack USER = demo credentials
#
export OS_AUTH_URL=http://10.1.2.3/identity
export OS_CACERT=""
export NOVA_CERT="/opt/stack/devstack/accrc/cacert.pem"
export OS_TENANT_NAME="demo"
export OS_USERNAME="demo"
export OS_PASSWORD="secretsecret"
export OS_PROJECT_NAME="demo"
export OS_USER_DOMAIN_ID=default
export OS_PROJECT_DOMAIN_ID=default
