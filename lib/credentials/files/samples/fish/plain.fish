set -gx OS_AUTH_URL https://keystone.example.org:5000/v3
set -x OS_USERNAME 'ann\'s'
set --export --global OS_PASSWORD "p \$w"
set -gx OS_PROJECT_NAME "my project" # which
set -gx OS_USER_DOMAIN_NAME Default; set -gx OS_REGION_NAME R1
set -e OS_TENANT_ID
