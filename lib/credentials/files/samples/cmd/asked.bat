@echo off
set HOST=keystone.example.org
set OS_AUTH_URL=https://%HOST%:5000/v3
@set os_username=ann^&co
set /p OS_PASSWORD=Password: 
set OS_PROJECT_ID=1
openstack token issue
