declare -x OS_AUTH_URL="https://keystone.example.org:5000/v3"
declare -x OS_PASSWORD="a\"b\$c\`d\\e"
declare -x OS_PROJECT_NAME="my project"
declare -x OS_USERNAME="ann"
declare -x OS_USER_DOMAIN_NAME="Default"
declare -x OS_REGION_NAME
