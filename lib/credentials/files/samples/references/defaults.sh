export OS_AUTH_URL=${OS_AUTH_URL:-https://keystone.example.org:5000/v3}
export OS_USERNAME=${OS_USERNAME:-"ann b"}
export OS_PASSWORD=${OS_PASSWORD-p}
export OS_PROJECT_NAME=${MY_PROJECT:=one}
export OS_REGION_NAME=${OS_USERNAME:+R}${NOTHING+S}
: ${OS_USER_DOMAIN_NAME:=Default}
export OS_USER_DOMAIN_NAME
export OS_PROJECT_DOMAIN_NAME=${A:-${B:-deep}}
