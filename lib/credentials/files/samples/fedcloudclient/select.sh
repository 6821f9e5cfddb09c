# Remember to set OS_ACCESS_TOKEN, e.g. :
# export OS_ACCESS_TOKEN=`oidc-token egi`
export OS_AUTH_URL="https://api.cloud.ifca.es:5000/v3/"
export OS_AUTH_TYPE="v3oidcaccesstoken"
export OS_IDENTITY_PROVIDER="egi.eu"
export OS_PROTOCOL="openid"
export OS_PROJECT_ID="999f045cb1ff4684a15ebb338af69460"
