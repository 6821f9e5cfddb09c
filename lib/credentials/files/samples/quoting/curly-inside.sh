export OS_AUTH_URL=https://keystone.example.org:5000/v3
export OS_USERNAME=ann
export OS_PASSWORD="he said “no”"
export OS_PROJECT_NAME='Ann’s'
