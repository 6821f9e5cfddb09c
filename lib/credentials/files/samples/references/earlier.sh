HOST=keystone.example.org
PORT=5000
export OS_AUTH_URL=https://$HOST:${PORT}/v3
NAME=ann
export OS_USERNAME="${NAME}@x"
export OS_PASSWORD=$OS_USERNAME'$NAME'
export OS_PROJECT_NAME=$NAME-project
OS_PROJECT_NAME+=-two
