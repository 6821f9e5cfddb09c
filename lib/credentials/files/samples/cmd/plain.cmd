
@echo off
rem for our cloud
set OS_AUTH_URL=https://keystone.example.org:5000/v3
set OS_USERNAME=ann
SET "OS_PASSWORD=p & q"
set OS_PROJECT_NAME=my project
set OS_USER_DOMAIN_NAME=Default
set OS_TENANT_NAME=
