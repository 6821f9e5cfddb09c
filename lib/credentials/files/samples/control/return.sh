export OS_AUTH_URL=https://keystone.example.org:5000/v3 OS_USERNAME=ann OS_PASSWORD=p OS_PROJECT_ID=1
return 0
export OS_USERNAME=late
