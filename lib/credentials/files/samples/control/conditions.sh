export OS_AUTH_URL=https://keystone.example.org:5000/v3
export OS_USERNAME=ann
export OS_PASSWORD=p
if [ -n "$OS_PROJECT_ID" ]; then export OS_REGION_NAME=A; elif [ "$OS_USERNAME" = ann ]; then export OS_REGION_NAME=B; else export OS_REGION_NAME=C; fi
[ -z "$OS_PROJECT_ID" ] && export OS_PROJECT_ID=1
[ -z "$OS_PROJECT_ID" ] || export OS_PROJECT_NAME=x
[[ $OS_USERNAME != bob ]] && { export OS_USER_DOMAIN_NAME=D; }
if ! test "$OS_USERNAME"; then export OS_USERNAME=nobody; fi
