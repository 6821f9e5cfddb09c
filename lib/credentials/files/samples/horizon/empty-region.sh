export OS_AUTH_URL=https://keystone.example.org:5000/v3
export OS_USERNAME="ann"
export OS_PASSWORD='p'
export OS_REGION_NAME=""
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
export OS_PROJECT_ID=1
