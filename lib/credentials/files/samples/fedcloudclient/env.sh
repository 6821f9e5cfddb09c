# environment for project eosc-synergy
export OS_AUTH_URL="https://stack-server.ct.infn.it:35357/v3"
export OS_AUTH_TYPE="v3oidcaccesstoken"
export OS_IDENTITY_PROVIDER="egi.eu"
export OS_PROTOCOL="openid"
export OS_ACCESS_TOKEN="eyJhbGciOiJub25lIn0.e30."
export OS_PROJECT_ID="0123abcd"
