export OS_AUTH_URL=https://keystone.example.org:5000/v3 OS_USERNAME=ann OS_PASSWORD="p w"; export OS_PROJECT_ID=1;
OS_REGION_NAME=R1; export OS_REGION_NAME ; # at last
