<#
  from the wiki
#>
$env:OS_AUTH_URL = 'https://keystone.example.org:5000/v3'
$user = "ann"
$env:OS_USERNAME = $user
Set-Item -Path Env:OS_PROJECT_NAME -Value "of $user"
[Environment]::SetEnvironmentVariable("OS_REGION_NAME", "R1")
$env:OS_PASSWORD = Read-Host "Password"
Write-Host "ready"
Remove-Item Env:OS_TENANT_ID
