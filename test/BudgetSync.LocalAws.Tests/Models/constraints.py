#!/usr/bin/env python3
"""Writes constraints.json: what AWS's service models bound in the requests of the operations that LocalAws knows.

The models are botocore's (pip install botocore); only facts are taken from them: names, types, required members, lengths, ranges, patterns, enums.
  python3 constraints.py > constraints.json
"""
import gzip
import json
import os

import botocore

OPERATIONS = {
    "autoscaling": ("2011-01-01", "DescribeAutoScalingGroups UpdateAutoScalingGroup CreateOrUpdateTags DeleteTags"),
    "bedrock": ("2023-04-20", "GetModelInvocationLoggingConfiguration PutModelInvocationLoggingConfiguration "
                "DeleteModelInvocationLoggingConfiguration GetInferenceProfile"),
    "budgets": ("2016-10-20", "CreateBudget UpdateBudget DescribeBudget DescribeBudgets DeleteBudget DescribeBudgetPerformanceHistory CreateNotification "
                "UpdateNotification DeleteNotification DescribeNotificationsForBudget DescribeBudgetNotificationsForAccount CreateSubscriber UpdateSubscriber "
                "DeleteSubscriber DescribeSubscribersForNotification CreateBudgetAction UpdateBudgetAction DeleteBudgetAction DescribeBudgetAction "
                "DescribeBudgetActionHistories DescribeBudgetActionsForBudget DescribeBudgetActionsForAccount ExecuteBudgetAction TagResource UntagResource ListTagsForResource"),
    "cloudwatch": ("2010-08-01", "GetMetricStatistics"),
    "compute-optimizer": ("2019-11-01", "GetIdleRecommendations"),
    "dynamodb": ("2012-08-10", "CreateTable UpdateTable DeleteTable DescribeTable ListTables DescribeContinuousBackups UpdateContinuousBackups GetItem "
                 "PutItem UpdateItem DeleteItem Scan Query BatchGetItem BatchWriteItem TransactWriteItems"),
    "dynamodbstreams": ("2012-08-10", "ListStreams DescribeStream GetShardIterator GetRecords"),
    "iam": ("2010-05-08", "AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy ListEntitiesForPolicy ListRoles ListUsers "
            "ListServiceSpecificCredentials UpdateServiceSpecificCredential CreatePolicyVersion DeletePolicyVersion GetPolicyVersion ListPolicyVersions "
            "ListAttachedRolePolicies ListAttachedUserPolicies GetAccountSummary"),
    "kms": ("2014-11-01", "GetKeyPolicy"),
    "logs": ("2014-03-28", "CreateLogGroup DeleteLogGroup PutRetentionPolicy CreateLogStream PutLogEvents PutSubscriptionFilter "
             "DeleteSubscriptionFilter DescribeSubscriptionFilters"),
    "organizations": ("2016-11-28", "DescribeOrganization ListRoots ListAccounts ListAccountsForParent ListOrganizationalUnitsForParent ListChildren "
                      "ListParents DescribeAccount DescribeOrganizationalUnit DescribeCreateAccountStatus MoveAccount CreateOrganizationalUnit CreateAccount "
                      "CloseAccount RemoveAccountFromOrganization LeaveOrganization CreatePolicy UpdatePolicy DeletePolicy DescribePolicy "
                      "AttachPolicy DetachPolicy ListTargetsForPolicy ListPoliciesForTarget ListPolicies EnablePolicyType "
                      "PutResourcePolicy DescribeResourcePolicy DeleteResourcePolicy"),
    "ecs": ("2014-11-13", "ListClusters ListServices DescribeServices UpdateService TagResource UntagResource"),
    "rds": ("2014-10-31", "DescribeDBInstances StopDBInstance StartDBInstance DescribeDBClusters StopDBCluster StartDBCluster AddTagsToResource "
            "RemoveTagsFromResource"),
    "sagemaker": ("2017-07-24", "ListNotebookInstances StopNotebookInstance StartNotebookInstance ListTags AddTags DeleteTags"),
    "secretsmanager": ("2017-10-17", "CreateSecret PutSecretValue GetSecretValue"),
    "ssm": ("2014-11-06", "PutParameter GetParameter GetParameters GetParametersByPath GetParameterHistory DescribeParameters DeleteParameter "
            "AddTagsToResource ListTagsForResource"),
    "sts": ("2011-06-15", "AssumeRole GetCallerIdentity"),
}


def bounds(shape):
    return {name: shape[name] for name in ("min", "max") if name in shape}


def fact(shape):
    kind = shape["type"]
    if kind == "structure":
        required = shape.get("required", [])
        return {"members": {name + ("!" if name in required else ""): member["shape"] for name, member in shape["members"].items()}}
    if kind == "list":
        return {"items": shape["member"]["shape"], **bounds(shape)}
    if kind == "map":
        return {"keys": shape["key"]["shape"], "values": shape["value"]["shape"], **bounds(shape)}
    if kind == "string":
        return {"text": shape.get("pattern", ""), **bounds(shape), **({"enum": shape["enum"]} if "enum" in shape else {})}
    if kind in ("integer", "long", "double", "float"):
        return {"number": kind, **bounds(shape)}
    return {"other": kind}


def reachable(shapes, name, found):
    if name in found:
        return
    shape = shapes[name]
    found[name] = fact(shape)
    for member in shape.get("members", {}).values():
        reachable(shapes, member["shape"], found)
    for part in ("member", "key", "value"):
        if part in shape:
            reachable(shapes, shape[part]["shape"], found)


def folded(text, columns=150):
    """The same JSON in lines that are not too long, broken between members and items."""
    parts, start, quoted, escaped, place = [], 0, False, False, None
    indent = " " * (len(text) - len(text.lstrip()) + 2)
    for index, letter in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            if place is not None and index - start > columns:
                parts.append(text[start:place + 1])
                start = place + 2
            place = index
    if place is not None and place >= start and len(text) - start > columns:
        parts.append(text[start:place + 1])
        start = place + 2
    parts.append(text[start:])
    # A pattern is one text, however long it is.
    parts = [part.replace('{"text": "', '{"text":\n' + indent + '"') if len(part) > columns + 8 else part for part in parts]
    return ("\n" + indent).join(parts)


def lines(entries, indent):
    return ",\n".join(folded(f"{indent}{json.dumps(name)}: {json.dumps(value, ensure_ascii=True)}") for name, value in entries)


def main():
    folder = os.path.join(os.path.dirname(botocore.__file__), "data")
    parts = [f'  "source": "botocore {botocore.__version__}, the service models of AWS"']
    for service, (version, names) in OPERATIONS.items():
        with gzip.open(os.path.join(folder, service, version, "service-2.json.gz")) as file:
            model = json.load(file)
        found, operations = {}, {}
        for name in names.split():
            operations[name] = model["operations"][name].get("input", {}).get("shape", "")
            if operations[name]:
                reachable(model["shapes"], operations[name], found)
        listed = folded(f'    "operations": {json.dumps(operations)}')
        parts.append(f'  "{service}": {{\n{listed},\n    "shapes": {{\n{lines(sorted(found.items()), "      ")}\n    }}\n  }}')
    print("{\n" + ",\n".join(parts) + "\n}")


main()
