setup() {
  export OS_INTERFACE=public
}
function other { OS_IDENTITY_API_VERSION=3; }
export OS_AUTH_URL=https://keystone.example.org:5000/v3 OS_USERNAME=ann OS_PASSWORD=p OS_PROJECT_ID=1
case "$TERM" in
  xterm*) TITLE=yes ;;
  *) TITLE=no ;;
esac
setup
