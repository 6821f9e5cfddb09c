declare -x OS_AUTH_URL="https://keystone.example.org:5000/v3"
declare -x OS_PASSWORD=$'tab\tquote\'\x41\101\u00e9'
declare -x OS_USERNAME='ann'
declare -x OS_PROJECT_ID='1'
