typeset -x OS_AUTH_URL=https://keystone.example.org:5000/v3
typeset -x OS_USERNAME=ann OS_PASSWORD='p w'
typeset -x OS_PROJECT_ID=1
readonly NOTE=x
