module load openstack 2>/dev/null
alias os=openstack
export PS1="[cloud] "
export PATH="$HOME/bin:/usr/bin:/bin"
export OS_AUTH_URL=https://keystone.example.org:5000/v3
export OS_USERNAME=ann
export OS_PASSWORD=p
export OS_PROJECT_ID=1
(export OS_USERNAME=sub)
echo x | read OS_USERNAME
cat > /dev/null <<EOF
export OS_USERNAME=here
EOF
echo "ready" >&2
