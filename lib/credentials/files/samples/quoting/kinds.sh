export OS_AUTH_URL="https://keystone.example.org:5000/v3"
export OS_USERNAME=a\ b\'c
export OS_PASSWORD='a$(b)"c`d`\'
export OS_PROJECT_NAME='ab'"cd"ef\g
export OS_REGION_NAME="a\zb#c"
export OS_USER_DOMAIN_NAME=a#b
