#!/bin/bash
export OS_AUTH_URL=https://keystone.example.org:5000/v2.0
export OS_TENANT_ID=0f2c
export OS_TENANT_NAME="old one"
export OS_USERNAME="ann"
echo "Please enter your OpenStack Password: "
read -s OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
