$env:OS_AUTH_URL = “https://keystone.example.org:5000/v3”
$env:OS_USERNAME = ‘ann’
$env:OS_PASSWORD = 'it''s'
$env:OS_PROJECT_ID = "1"
