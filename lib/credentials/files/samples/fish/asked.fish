set host keystone.example.org
set -gx OS_AUTH_URL https://$host:5000/v3
set -gx OS_USERNAME ann
read -s -P "Password: " -gx OS_PASSWORD
export OS_PROJECT_ID=1
echo ready
