$env:OS_AUTH_URL = "https://keystone.example.org:5000/v3"
$Env:OS_USERNAME = 'ann'
$env:OS_PASSWORD="p`$w`"q"
${env:OS_PROJECT_NAME} = "my project"
$env:OS_USER_DOMAIN_NAME = "Default" # the domain
$env:OS_IDENTITY_API_VERSION = 3
