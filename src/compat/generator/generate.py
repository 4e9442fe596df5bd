#!/usr/bin/env python3
"""Writes the stand-in clients from botocore's service models (pip install botocore; made with 1.43).

    python3 src/compat/generator/generate.py

The models say every shape, member, error and enumeration; the table below says which operations we call and what the
official .NET package does differently from the model. Output goes to src/compat/AWSSDK.*/Generated, which is committed:
a build needs neither Python nor botocore.
"""
import glob
import gzip
import json
import os
import re
import shutil

import botocore

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(os.path.dirname(botocore.__file__), "data")

# One entry per package: the model's name, the .NET namespace, the client's name, the operations we call.
# "swap" holds members whose official .NET type differs from the model's (the package's customizations.json).
SERVICES = [
    dict(
        model="budgets", package="AWSSDK.Budgets", namespace="Amazon.Budgets", client="Budgets",
        operations="""CreateBudget UpdateBudget DeleteBudget DescribeBudget DescribeBudgets
            DescribeNotificationsForBudget DescribeBudgetNotificationsForAccount DescribeSubscribersForNotification
            CreateNotification UpdateNotification DeleteNotification CreateSubscriber UpdateSubscriber DeleteSubscriber
            CreateBudgetAction UpdateBudgetAction DeleteBudgetAction DescribeBudgetActionsForBudget
            DescribeBudgetActionsForAccount DescribeBudgetActionHistories ExecuteBudgetAction DescribeBudgetPerformanceHistory
            TagResource UntagResource ListTagsForResource""",
        swap={("Spend", "Amount"): "decimal"},
    ),
    dict(
        model="organizations", package="AWSSDK.Organizations", namespace="Amazon.Organizations", client="Organizations",
        operations="""DescribeOrganization ListRoots ListAccounts ListAccountsForParent ListOrganizationalUnitsForParent
            ListParents DescribeAccount AttachPolicy DetachPolicy ListTargetsForPolicy ListTagsForResource""",
    ),
    dict(
        model="iam", package="AWSSDK.IdentityManagement", namespace="Amazon.IdentityManagement", client="IdentityManagementService",
        operations="""AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy ListEntitiesForPolicy ListRoles ListUsers
            ListServiceSpecificCredentials UpdateServiceSpecificCredential CreatePolicyVersion DeletePolicyVersion GetPolicyVersion
            ListPolicyVersions ListAttachedRolePolicies ListAttachedUserPolicies GetAccountSummary""",
    ),
    dict(
        model="bedrock", package="AWSSDK.Bedrock", namespace="Amazon.Bedrock", client="Bedrock",
        operations="""GetModelInvocationLoggingConfiguration PutModelInvocationLoggingConfiguration DeleteModelInvocationLoggingConfiguration
            GetInferenceProfile""",
    ),
    dict(
        model="autoscaling", package="AWSSDK.AutoScaling", namespace="Amazon.AutoScaling", client="AutoScaling",
        operations="DescribeAutoScalingGroups UpdateAutoScalingGroup CreateOrUpdateTags DeleteTags",
    ),
    dict(
        model="compute-optimizer", package="AWSSDK.ComputeOptimizer", namespace="Amazon.ComputeOptimizer", client="ComputeOptimizer",
        operations="GetIdleRecommendations",
    ),
    dict(
        model="sns", package="AWSSDK.SimpleNotificationService", namespace="Amazon.SimpleNotificationService", client="SimpleNotificationService",
        operations="GetTopicAttributes Publish",
    ),
    dict(
        model="rds", package="AWSSDK.RDS", namespace="Amazon.RDS", client="RDS",
        operations="""DescribeDBInstances StopDBInstance StartDBInstance DescribeDBClusters StopDBCluster StartDBCluster
            AddTagsToResource RemoveTagsFromResource""",
    ),
    dict(
        model="sagemaker", package="AWSSDK.SageMaker", namespace="Amazon.SageMaker", client="SageMaker",
        operations="ListNotebookInstances StopNotebookInstance StartNotebookInstance ListTags AddTags DeleteTags",
    ),
    dict(
        model="ecs", package="AWSSDK.ECS", namespace="Amazon.ECS", client="ECS",
        operations="ListClusters ListServices DescribeServices UpdateService TagResource UntagResource",
    ),
    dict(
        model="events", package="AWSSDK.EventBridge", namespace="Amazon.EventBridge", client="EventBridge",
        operations="PutEvents DescribeConnection DescribeApiDestination DescribeRule ListTargetsByRule",
    ),
    dict(
        model="secretsmanager", package="AWSSDK.SecretsManager", namespace="Amazon.SecretsManager", client="SecretsManager",
        operations="GetSecretValue",
    ),
    dict(
        model="logs", package="AWSSDK.CloudWatchLogs", namespace="Amazon.CloudWatchLogs", client="CloudWatchLogs",
        operations="DescribeSubscriptionFilters",
    ),
    dict(
        model="cloudwatch", package="AWSSDK.CloudWatch", namespace="Amazon.CloudWatch", client="CloudWatch",
        operations="GetMetricStatistics",
    ),
    dict(
        model="ce", package="AWSSDK.CostExplorer", namespace="Amazon.CostExplorer", client="CostExplorer",
        operations="GetCostAndUsage",
    ),
]

HEADER = """// <auto-generated>
// Written by src/compat/generator/generate.py; change that, not this.
// Stands in for the official {official} of aws-sdk-net v4.
// </auto-generated>
#pragma warning disable CS0612, CS0618 // the model's own deprecated members

"""

SCALARS = {
    # model type: (C# type, is a value type, read, write)
    "string": ("string", False, "{r}.GetString()", "writer.WriteStringValue({v})"),
    "integer": ("int", True, "{r}.GetInt32()", "writer.WriteNumberValue({v})"),
    "long": ("long", True, "{r}.GetInt64()", "writer.WriteNumberValue({v})"),
    "double": ("double", True, "{r}.GetDouble()", "writer.WriteNumberValue({v})"),
    "float": ("float", True, "{r}.GetSingle()", "writer.WriteNumberValue({v})"),
    "boolean": ("bool", True, "{r}.GetBoolean()", "writer.WriteBooleanValue({v})"),
    "blob": ("MemoryStream", False, "new MemoryStream({r}.GetBytesFromBase64())", "writer.WriteBase64StringValue({v}.ToArray())"),
    "timestamp": ("DateTime", True, "JsonValues.ReadTime(ref {r})", "JsonValues.WriteTime(writer, {v})"),
    "decimal": ("decimal", True, "JsonValues.ReadDecimal(ref {r})", "JsonValues.WriteDecimal(writer, {v})"),
}

# AWS Query answers in XML, where every value is text; the wire hands it on as JSON of texts.
QUERY_SCALARS = {
    **SCALARS,
    "integer": ("int", True, "int.Parse({r}.GetString(), CultureInfo.InvariantCulture)", "writer.WriteNumberValue({v})"),
    "long": ("long", True, "long.Parse({r}.GetString(), CultureInfo.InvariantCulture)", "writer.WriteNumberValue({v})"),
    "double": ("double", True, "double.Parse({r}.GetString(), CultureInfo.InvariantCulture)", "writer.WriteNumberValue({v})"),
    "float": ("float", True, "float.Parse({r}.GetString(), CultureInfo.InvariantCulture)", "writer.WriteNumberValue({v})"),
    "boolean": ("bool", True, "bool.Parse({r}.GetString())", "writer.WriteBooleanValue({v})"),
}


def load(model, name):
    path = sorted(glob.glob(f"{DATA}/{model}/*/{name}.json*"))[-1]
    with (gzip.open(path) if path.endswith(".gz") else open(path, "rb")) as file:
        return json.load(file)


def folded(line, columns=160):
    """A line of C# in lines that are not too long: broken before a base call or an arrow, else after a comma."""
    if len(line) <= columns:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    place = max(line.rfind(" : ", 0, columns), line.rfind(" => ", 0, columns), line.rfind(", ", 0, columns - 1) + 1)
    if place <= len(indent):
        # A name that takes the line alone: its parameters follow.
        place = line.rfind("(", 0, columns)
        return line[:place + 1] + "\n" + folded(indent + line[place + 1:]) if place > len(indent) else line
    return line[:place] + "\n" + folded(indent + line[place + 1:])


def constant(value):
    """The name the official generator gives a constant: Intelligent-Tiering becomes IntelligentTiering."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9_]+", value))


def pascal(name):
    return name[:1].upper() + name[1:]


class Service:
    def __init__(self, entry):
        self.__dict__.update(entry)
        self.swap = entry.get("swap", {})
        self.operations = entry["operations"].split()
        self.description = load(self.model, "service-2")
        self.shapes = self.description["shapes"]
        self.metadata = self.description["metadata"]
        self.is_query = self.metadata["protocol"] == "query"
        self.is_rest = self.metadata["protocol"] == "rest-json"
        self.folder = os.path.join(HERE, "..", self.package, "Generated")
        self.written, self.read, self.enums, self.errors = set(), set(), set(), set()
        self.names = {}
        for operation in self.operations:
            spec = self.description["operations"][operation]
            for side, into in (("input", self.written), ("output", self.read)):
                if side in spec:
                    suffix = "Request" if side == "input" else "Response"
                    self.names[spec[side]["shape"]] = operation + suffix
                    self.visit(spec[side]["shape"], into)
            self.errors.update(error["shape"] for error in spec.get("errors", []))
        for error in self.errors:
            # Names that end in Fault lose it (aws-sdk-net's generator, ExceptionShape).
            bare = error[:-len("Fault")] if error.endswith("Fault") else error
            self.names[error] = bare if bare.endswith("Exception") else bare + "Exception"
            for member in self.error_members(error).values():
                self.visit(member["shape"], set())

    def visit(self, name, into):
        shape = self.shapes[name]
        if "enum" in shape:
            self.enums.add(name)
        if shape["type"] == "structure":
            if name in into:
                return
            into.add(name)
        for inner in ("member", "key", "value"):
            if inner in shape:
                self.visit(shape[inner]["shape"], into)
        for member in shape.get("members", {}).values():
            self.visit(member["shape"], into)

    def error_members(self, name):
        return {k: v for k, v in self.shapes[name]["members"].items() if k.lower() != "message"}

    def is_request(self, name):
        return self.names.get(name, "").endswith("Request")

    def is_response(self, name):
        return self.names.get(name, "").endswith("Response")

    def class_name(self, name):
        return self.names.get(name, name)

    # Types and code for one value.

    def scalar(self, name, owner=None, member=None):
        kind = self.swap.get((owner, member), self.shapes[name]["type"])
        return (QUERY_SCALARS if self.is_query else SCALARS).get(kind)

    def type_of(self, name, owner=None, member=None, nested=False):
        """The C# type. Inside a collection an enumeration is a string, as in the official models."""
        shape = self.shapes[name]
        if shape["type"] == "list":
            return f"List<{self.type_of(shape['member']['shape'], nested=True)}>"
        if shape["type"] == "map":
            return f"Dictionary<string, {self.type_of(shape['value']['shape'], nested=True)}>"
        if shape["type"] == "structure":
            return self.class_name(name)
        if "enum" in shape and not nested:
            return pascal(name)
        csharp, is_value, _, _ = self.scalar(name, owner, member)
        return csharp + ("?" if is_value and not nested else "")

    def read_code(self, name, reader, owner=None, member=None, nested=False):
        shape = self.shapes[name]
        if shape["type"] == "list":
            inner = self.read_code(shape["member"]["shape"], "r", nested=True)
            return f"JsonValues.ReadList(ref {reader}, static (ref Utf8JsonReader r) => {inner})"
        if shape["type"] == "map":
            inner = self.read_code(shape["value"]["shape"], "r", nested=True)
            return f"JsonValues.ReadMap(ref {reader}, static (ref Utf8JsonReader r) => {inner})"
        if shape["type"] == "structure":
            # Qualified, because a property may have the name of the type.
            return f"Model.{self.class_name(name)}.Read(ref {reader})"
        if "enum" in shape and not nested:
            return f"{pascal(name)}.FindValue({reader}.GetString())"
        return self.scalar(name, owner, member)[2].format(r=reader)

    def write_code(self, name, value, indent, owner=None, member=None, nested=False, depth=0):
        shape = self.shapes[name]
        pad = " " * indent
        if shape["type"] == "list":
            item = f"item{depth}"
            # Where the model names a list's members, AWS Query has that name in place of "member"; the wire knows it by the mark.
            named = shape["member"].get("locationName") if self.is_query else None
            return [
                *([f"{pad}writer.WriteStartObject();", f"{pad}writer.WritePropertyName(\"#{named}\"u8);"] if named else []),
                f"{pad}writer.WriteStartArray();",
                f"{pad}foreach (var {item} in {value})",
                f"{pad}{{",
                *self.write_code(shape["member"]["shape"], item, indent + 4, nested=True, depth=depth + 1),
                f"{pad}}}",
                f"{pad}writer.WriteEndArray();",
                *([f"{pad}writer.WriteEndObject();"] if named else []),
            ]
        if shape["type"] == "map":
            entry = f"entry{depth}"
            return [
                f"{pad}writer.WriteStartObject();",
                f"{pad}foreach (var {entry} in {value})",
                f"{pad}{{",
                f"{pad}    writer.WritePropertyName({entry}.Key);",
                *self.write_code(shape["value"]["shape"], f"{entry}.Value", indent + 4, nested=True, depth=depth + 1),
                f"{pad}}}",
                f"{pad}writer.WriteEndObject();",
            ]
        if shape["type"] == "structure":
            return [f"{pad}Model.{self.class_name(name)}.Write(writer, {value});"]
        csharp, is_value, _, write = self.scalar(name, owner, member)
        unwrapped = value + ".Value" if "enum" in shape and not nested or is_value and not nested else value
        return [pad + write.format(v=unwrapped) + ";"]

    # Files.

    def emit(self, path, official, text):
        text = "\n".join(folded(line) for line in text.split("\n"))
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", newline="\n") as file:
            file.write(HEADER.format(official=official) + text.strip("\n") + "\n")

    def generate(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.emit_client()
        self.emit_config()
        self.emit_exception(f"Amazon{self.client}Exception", "AmazonServiceException", {}, f"Amazon{self.client}Exception.cs", self.namespace)
        self.emit_enums()
        self.emit(
            f"Model/Amazon{self.client}Request.cs", f"Generated/Model/Amazon{self.client}Request.cs",
            f"using Amazon.Runtime;\n\nnamespace {self.namespace}.Model;\n\n"
            f"public partial class Amazon{self.client}Request : AmazonWebServiceRequest;\n")
        for error in sorted(self.errors):
            self.emit_exception(
                self.class_name(error), f"Amazon{self.client}Exception", self.error_members(error),
                f"Model/{self.class_name(error)}.cs", self.namespace + ".Model")
        for name in sorted(self.written | self.read):
            self.emit_model(name)
        for operation in self.operations:
            spec = self.description["operations"][operation]
            for side, suffix in (("input", "Request"), ("output", "Response")):
                if side not in spec:
                    self.emit_empty(operation + suffix)

    def emit_model(self, name):
        shape = self.shapes[name]
        csharp = self.class_name(name)
        base = (f" : Amazon{self.client}Request" if self.is_request(name)
                else " : AmazonWebServiceResponse" if self.is_response(name) else "")
        members = sorted(shape["members"].items(), key=lambda m: pascal(m[0]))
        lines = []
        for member, spec in members:
            inner = spec["shape"]
            if spec.get("deprecated"):
                message = spec.get("deprecatedMessage")
                lines.append(f'    [Obsolete("{message}")]' if message else "    [Obsolete]")
            csharp_type = self.type_of(inner, name, member)
            initial = " = AWSConfigs.InitializeCollections ? [] : null;" if self.shapes[inner]["type"] in ("list", "map") else ""
            lines += [f"    public {csharp_type} {pascal(member)} {{ get; set; }}{initial}", ""]
        if name in self.read:
            lines += self.read_method(name, csharp, members) + [""]
        if name in self.written:
            lines += self.write_method(name, csharp, members) + [""]
        self.emit(
            f"Model/{csharp}.cs", f"Generated/Model/{csharp}.cs",
            "using System;\nusing System.Collections.Generic;\n" + ("using System.Globalization;\n" if self.is_query else "")
            + "using System.IO;\nusing System.Text.Json;\nusing Amazon.Runtime;\n"
            f"using BudgetSync.Compat.Wire;\n\nnamespace {self.namespace}.Model;\n\n"
            f"public partial class {csharp}{base}\n{{\n" + "\n".join(lines).rstrip() + "\n}\n")

    def read_method(self, name, csharp, members):
        lines = [
            f"    internal static {csharp} Read(ref Utf8JsonReader reader)",
            "    {",
            f"        var value = new {csharp}();",
            "        while (JsonValues.NextProperty(ref reader))",
            "        {",
        ]
        keyword = "if"
        for member, spec in members:
            code = self.read_code(spec["shape"], "reader", name, member)
            lines += [
                f'            {keyword} (reader.ValueTextEquals("{member}"u8))',
                "            {",
                "                if (JsonValues.HasValue(ref reader))",
                f"                    value.{pascal(member)} = {code};",
                "            }",
            ]
            keyword = "else if"
        lines += ["            else", "            {", "                reader.Skip();", "            }"] if members else ["            reader.Skip();"]
        return lines + ["        }", "        return value;", "    }"]

    def write_method(self, name, csharp, members):
        lines = [
            f"    internal static void Write(Utf8JsonWriter writer, {csharp} value)",
            "    {",
            "        writer.WriteStartObject();",
        ]
        for member, spec in members:
            value = f"value.{pascal(member)}"
            collection = self.shapes[spec["shape"]]["type"] in ("list", "map")
            condition = f"{value} is not null" + (f" && ({value}.Count > 0 || !AWSConfigs.InitializeCollections)" if collection else "")
            lines += [
                f"        if ({condition})",
                "        {",
                f'            writer.WritePropertyName("{member}"u8);',
                *self.write_code(spec["shape"], value, 12, name, member),
                "        }",
            ]
        return lines + ["        writer.WriteEndObject();", "    }"]

    def emit_empty(self, csharp):
        request = csharp.endswith("Request")
        base = f"Amazon{self.client}Request" if request else "AmazonWebServiceResponse"
        method = (
            f"    internal static void Write(Utf8JsonWriter writer, {csharp} value)\n    {{\n"
            "        writer.WriteStartObject();\n        writer.WriteEndObject();\n    }\n" if request else
            f"    internal static {csharp} Read(ref Utf8JsonReader reader)\n    {{\n        reader.Skip();\n        return new {csharp}();\n    }}\n")
        self.emit(
            f"Model/{csharp}.cs", f"Generated/Model/{csharp}.cs",
            f"using System.Text.Json;\nusing Amazon.Runtime;\n\nnamespace {self.namespace}.Model;\n\n"
            f"public partial class {csharp} : {base}\n{{\n{method}}}\n")

    def emit_exception(self, csharp, base, members, path, namespace):
        of_inner = "innerException.Message, innerException" if base == "AmazonServiceException" else "innerException"
        lines = []
        for member, spec in sorted(members.items()):
            lines += [f"    public {self.type_of(spec['shape'])} {pascal(member)} {{ get; set; }}", ""]
        lines += [
            f"    public {csharp}() {{ }}",
            "",
            f"    public {csharp}(string message) : base(message) {{ }}",
            "",
            f"    public {csharp}(string message, Exception innerException) : base(message, innerException) {{ }}",
            "",
            f"    public {csharp}(Exception innerException) : base({of_inner}) {{ }}",
            "",
            f"    public {csharp}(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)",
            "        : base(message, errorType, errorCode, requestId, statusCode) { }",
            "",
            f"    public {csharp}(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)",
            "        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }",
        ]
        self.emit(
            path, "Generated/" + path,
            f"using System;\nusing System.Net;\nusing Amazon.Runtime;\n\nnamespace {namespace};\n\n"
            f"public partial class {csharp} : {base}\n{{\n" + "\n".join(lines) + "\n}\n")

    def emit_enums(self):
        parts = []
        for name in sorted(self.enums):
            values = sorted(self.shapes[name]["enum"], key=lambda v: constant(v).lower())
            name = pascal(name)
            fields = "\n".join(f'    public static readonly {name} {constant(v)} = new("{v}");' for v in values)
            # The known values without the reflection of ConstantClass; letter case and unknown values are its affair.
            cases = "\n".join(f'        "{v}" => {constant(v)},' for v in values)
            parts.append(
                f"public class {name} : ConstantClass\n{{\n{fields}\n\n"
                f"    public {name}(string value) : base(value) {{ }}\n\n"
                f"    public static {name} FindValue(string value) => value switch\n    {{\n{cases}\n"
                f"        _ => FindValue<{name}>(value),\n    }};\n\n"
                f"    public static implicit operator {name}(string value) => FindValue(value);\n}}\n")
        if parts:
            self.emit(
                "ServiceEnumerations.cs", "Generated/ServiceEnumerations.cs",
                f"using Amazon.Runtime;\n\nnamespace {self.namespace};\n\n" + "\n".join(parts))

    def emit_config(self):
        self.emit(
            f"Amazon{self.client}Config.cs", f"Generated/Amazon{self.client}Config.cs",
            f"using BudgetSync.Compat.Wire;\n\nnamespace {self.namespace};\n\n"
            f"public partial class Amazon{self.client}Config : JsonServiceConfig\n{{\n"
            f"    public Amazon{self.client}Config() : base(Amazon{self.client}Client.Service) {{ }}\n}}\n")

    def emit_client(self):
        client, config = f"Amazon{self.client}Client", f"Amazon{self.client}Config"
        fields, methods, signatures = [], [], []
        for operation in self.operations:
            errors = sorted(e["shape"] for e in self.description["operations"][operation].get("errors", []))
            arguments = "e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode"
            cases = []
            for error in errors:
                extra = ", ".join(f'{pascal(m)} = e.Member("{m}")' for m in sorted(self.error_members(error)))
                code = self.shapes[error].get("error", {}).get("code", error) if self.is_query else error
                cases.append(f'            "{code}" => new {self.class_name(error)}({arguments})' + (f" {{ {extra} }}" if extra else "") + ",")
            http = self.description["operations"][operation]["http"]
            rest = f', "{http["method"]}", "{http["requestUri"]}"' if self.is_rest else ""
            fields.append(
                f"    private static readonly Operation<{operation}Request, {operation}Response> {operation}Operation = new(\n"
                f'        Service, "{operation}", {operation}Request.Write, {operation}Response.Read, static e => e.Code switch\n        {{\n'
                + "".join(c + "\n" for c in cases) + "            _ => Unnamed(e),\n        }" + rest + ");\n")
            signature = f"Task<{operation}Response> {operation}Async({operation}Request request, CancellationToken cancellationToken = default)"
            signatures.append(f"    {signature};\n")
            methods.append(f"    public virtual {signature} =>\n        CallAsync({operation}Operation, request, cancellationToken);\n")
        meta = self.metadata
        endpoints = ", ".join(
            f'new GlobalEndpoint("{p}", "{url}", "{region}")' for p, url, region in self.global_endpoints())
        keys = ("string awsAccessKeyId, string awsSecretAccessKey", "awsAccessKeyId, awsSecretAccessKey")
        session = (keys[0] + ", string awsSessionToken", keys[1] + ", awsSessionToken")
        constructors = [
            f"    public {client}() : base(Service, new {config}()) {{ }}",
            f"    public {client}(RegionEndpoint region) : base(Service, new {config} {{ RegionEndpoint = region }}) {{ }}",
            f"    public {client}({config} config) : base(Service, config) {{ }}",
        ]
        for parameters, values in (("AWSCredentials credentials", "credentials"), keys, session):
            constructors += [
                f"    public {client}({parameters}) : this({values}, new {config}()) {{ }}",
                f"    public {client}({parameters}, RegionEndpoint region) : this({values}, new {config} {{ RegionEndpoint = region }}) {{ }}",
                f"    public {client}({parameters}, {config} clientConfig) : base(Service, {values}, clientConfig) {{ }}",
            ]
        usings = (
            "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n"
            f"using {self.namespace}.Model;\nusing Amazon.Runtime;\nusing BudgetSync.Compat.Wire;\n\nnamespace {self.namespace};\n\n")
        self.emit(
            f"{client}.cs", f"Generated/_netstandard/{client}.cs",
            usings + f"public partial class {client} : JsonServiceClient, IAmazon{self.client}\n{{\n"
            f"    internal static readonly ServiceModel Service = new(\n"
            f'        ServiceId: "{meta["serviceId"]}",\n'
            f'        RequestNamespace: "{self.namespace}",\n'
            f'        SigningName: "{meta.get("signingName", meta["endpointPrefix"])}",\n'
            f'        EndpointPrefix: "{meta["endpointPrefix"]}",\n'
            f'        ApiVersion: "{meta["apiVersion"]}",\n'
            f'        TargetPrefix: "{meta.get("targetPrefix", "")}",\n'
            f'        JsonVersion: "{meta.get("jsonVersion", "")}",\n'
            f"        IsGlobal: {str(self.is_global()).lower()},\n"
            f"        GlobalEndpoints: [{endpoints}]" + (",\n        IsRest: true" if self.is_rest else "") + ");\n\n"
            + "\n".join(fields) + "\n" + "\n\n".join(constructors) + "\n\n" + "\n".join(methods)
            + f"\n    private static Amazon{self.client}Exception Unnamed(ErrorDetails e) =>\n"
            f"        new(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);\n}}\n")
        self.emit(
            f"IAmazon{self.client}.cs", f"Generated/_netstandard/IAmazon{self.client}.cs",
            usings + f"public partial interface IAmazon{self.client} : IAmazonService, IDisposable\n{{\n" + "\n".join(signatures)
            + f"\n    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {config}();\n\n"
            f"    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>\n"
            f"        new {client}(awsCredentials, ({config})clientConfig);\n}}\n")

    def global_endpoints(self):
        """Partition, URL and signing region of each rule that names a host without a region in it (neither FIPS nor dual-stack)."""
        def walk(rules, partition):
            for rule in rules:
                conditions = rule.get("conditions", [])
                named = [c["argv"][1] for c in conditions
                         if c["fn"] == "stringEquals" and isinstance(c["argv"][0], dict) and c["argv"][0].get("fn") == "getAttr"]
                here = named[0] if named else partition
                flagged = any(c["fn"] == "booleanEquals" and c["argv"][1] is True for c in conditions)
                yield from walk(rule.get("rules", []), here)
                endpoint = rule.get("endpoint", {})
                schemes = endpoint.get("properties", {}).get("authSchemes", [])
                if here and not flagged and schemes and "signingRegion" in schemes[0]:
                    yield here, endpoint["url"], schemes[0]["signingRegion"]
        rules = load(self.model, "endpoint-rule-set-1")
        named = list(walk(rules["rules"], None))
        # The rest of the partitions, where a rule names their global region in the host.
        host = f"https://{self.metadata['endpointPrefix']}.{{PartitionResult#implicitGlobalRegion}}.{{PartitionResult#dnsSuffix}}"
        if host in json.dumps(rules):
            with open(f"{DATA}/partitions.json", encoding="utf-8") as file:
                partitions = {partition["id"]: partition["outputs"] for partition in json.load(file)["partitions"]}
            named += [
                (name, f"https://{self.metadata['endpointPrefix']}.{outputs['implicitGlobalRegion']}.{outputs['dnsSuffix']}", outputs["implicitGlobalRegion"])
                for name, outputs in partitions.items() if name not in {partition for partition, _, _ in named}]
        return named

    def is_global(self):
        """Whether the rules end in a host without a region for every partition that has no rule of its own."""
        return f"https://{self.metadata['endpointPrefix']}.{{PartitionResult#dnsSuffix}}" in json.dumps(load(self.model, "endpoint-rule-set-1"))


if __name__ == "__main__":
    for entry in SERVICES:
        Service(entry).generate()
