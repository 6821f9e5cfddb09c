export OS_AUTH_URL=\
https://keystone.example.org:5000/v3
export OS_USERNAME="a\
b"
export OS_PASSWORD='two
lines'
export OS_PROJECT_NAME="two
lines too"
