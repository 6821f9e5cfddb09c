export OS_AUTH_URL=https://keystone.example.org:5000/v3;
export OS_USERNAME="ann"; # who
export OS_PASSWORD="p;q" ;export OS_PROJECT_ID=1
export OS_REGION_NAME=R1;
