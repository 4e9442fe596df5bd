using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Organizations;

namespace BudgetSync.Compat.Tests.Clients;

/// <summary>What attaches policies: Organizations, and IAM, which speaks AWS Query.</summary>
internal static class PolicyExchanges
{
    private const string Arn = "arn:aws:iam::111122223333:policy/Team/Deny";
    private const string EncodedArn = "arn%3Aaws%3Aiam%3A%3A111122223333%3Apolicy%2FTeam%2FDeny";
    private const string Attachment = """{"PolicyId":"p-12345678","TargetId":"111122223333"}""";

    public static IEnumerable<Exchange> All =>
    [
        Organizations("AttachPolicy", Attachment, "{}", async organizations =>
            $"{(await organizations.AttachPolicyAsync(new() { PolicyId = "p-12345678", TargetId = "111122223333" })).HttpStatusCode}", "OK"),
        Organizations("DetachPolicy", Attachment, "{}", async organizations =>
            $"{(await organizations.DetachPolicyAsync(new() { PolicyId = "p-12345678", TargetId = "111122223333" })).HttpStatusCode}", "OK"),
        Organizations(
            "ListTargetsForPolicy",
            """{"NextToken":"t","PolicyId":"p-12345678"}""",
            """{"Targets":[{"TargetId":"111122223333","Name":"Payments","Type":"ACCOUNT"}],"NextToken":"n"}""",
            async organizations =>
            {
                var answer = await organizations.ListTargetsForPolicyAsync(new() { PolicyId = "p-12345678", NextToken = "t" });
                return $"{answer.Targets[0].TargetId} {answer.Targets[0].Type} {answer.NextToken}";
            },
            "111122223333 ACCOUNT n"),
        Organizations(
            "ListTagsForResource",
            """{"NextToken":"t","ResourceId":"111122223333"}""",
            """{"Tags":[{"Key":"budgetsync:protect","Value":"true"}],"NextToken":"n"}""",
            async organizations =>
            {
                var answer = await organizations.ListTagsForResourceAsync(new() { ResourceId = "111122223333", NextToken = "t" });
                return $"{answer.Tags[0].Key} {answer.Tags[0].Value} {answer.NextToken}";
            },
            "budgetsync:protect true n"),

        Iam("AttachRolePolicy", $"PolicyArn={EncodedArn}&RoleName=a%2Bb", "<R/>", async iam =>
            $"{(await iam.AttachRolePolicyAsync(new() { RoleName = "a+b", PolicyArn = Arn })).HttpStatusCode}", "OK"),
        Iam("DetachRolePolicy", $"PolicyArn={EncodedArn}&RoleName=r", "<R/>", async iam =>
            $"{(await iam.DetachRolePolicyAsync(new() { RoleName = "r", PolicyArn = Arn })).HttpStatusCode}", "OK"),
        Iam("AttachUserPolicy", $"PolicyArn={EncodedArn}&UserName=u", "<R/>", async iam =>
            $"{(await iam.AttachUserPolicyAsync(new() { UserName = "u", PolicyArn = Arn })).HttpStatusCode}", "OK"),
        Iam("DetachUserPolicy", $"PolicyArn={EncodedArn}&UserName=u", "<R/>", async iam =>
            $"{(await iam.DetachUserPolicyAsync(new() { UserName = "u", PolicyArn = Arn })).HttpStatusCode}", "OK"),
        Iam(
            "ListEntitiesForPolicy",
            $"EntityFilter=Role&MaxItems=2&PolicyArn={EncodedArn}",
            """
            <ListEntitiesForPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListEntitiesForPolicyResult><PolicyGroups/>
            <PolicyUsers><member><UserName>u</UserName><UserId>AIDA1</UserId></member></PolicyUsers><PolicyRoles><member><RoleName>r</RoleName></member>
            <member><RoleName>s</RoleName></member></PolicyRoles><IsTruncated>true</IsTruncated><Marker>m</Marker></ListEntitiesForPolicyResult>
            <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListEntitiesForPolicyResponse>
            """,
            async iam =>
            {
                var answer = await iam.ListEntitiesForPolicyAsync(new() { PolicyArn = Arn, EntityFilter = EntityType.Role, MaxItems = 2 });
                var groups = answer.PolicyGroups is null ? "none" : "some";
                return $"{groups} {answer.PolicyUsers[0].UserId} {answer.PolicyRoles[1].RoleName} {answer.IsTruncated} {answer.Marker}";
            },
            "none AIDA1 s True m"),
        Iam(
            "ListRoles",
            "Marker=m&PathPrefix=%2Fteam%2F",
            """
            <ListRolesResponse><ListRolesResult><IsTruncated>false</IsTruncated><Roles><member><Path>/team/</Path><RoleName>r</RoleName>
            <CreateDate>2025-12-01T00:00:00Z</CreateDate><MaxSessionDuration>3600</MaxSessionDuration></member></Roles></ListRolesResult></ListRolesResponse>
            """,
            async iam =>
            {
                var role = (await iam.ListRolesAsync(new() { Marker = "m", PathPrefix = "/team/" })).Roles[0];
                return $"{role.Path} {role.RoleName} {role.CreateDate:O} {role.MaxSessionDuration}";
            },
            "/team/ r 2025-12-01T00:00:00.0000000Z 3600"),
        Iam(
            "ListUsers",
            "MaxItems=1",
            "<A><ListUsersResult><Users><member><UserName>u</UserName><Path>/</Path></member></Users></ListUsersResult></A>",
            async iam => (await iam.ListUsersAsync(new() { MaxItems = 1 })).Users[0].UserName,
            "u"),
        Iam(
            "CreatePolicyVersion",
            $"PolicyArn={EncodedArn}&PolicyDocument=%7B%7D&SetAsDefault=true",
            """
            <A><CreatePolicyVersionResult><PolicyVersion><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>
            </CreatePolicyVersionResult></A>
            """,
            async iam =>
            {
                var made = await iam.CreatePolicyVersionAsync(new() { PolicyArn = Arn, PolicyDocument = "{}", SetAsDefault = true });
                return $"{made.PolicyVersion.VersionId} {made.PolicyVersion.IsDefaultVersion}";
            },
            "v2 True"),
        Iam("DeletePolicyVersion", $"PolicyArn={EncodedArn}&VersionId=v1", "<R/>", async iam =>
            $"{(await iam.DeletePolicyVersionAsync(new() { PolicyArn = Arn, VersionId = "v1" })).HttpStatusCode}", "OK"),
        Iam(
            "GetPolicyVersion",
            $"PolicyArn={EncodedArn}&VersionId=v1",
            "<A><GetPolicyVersionResult><PolicyVersion><Document>%7B%7D</Document><VersionId>v1</VersionId></PolicyVersion></GetPolicyVersionResult></A>",
            async iam => (await iam.GetPolicyVersionAsync(new() { PolicyArn = Arn, VersionId = "v1" })).PolicyVersion.Document,
            "%7B%7D"),
        Iam(
            "ListPolicyVersions",
            $"Marker=m&PolicyArn={EncodedArn}",
            """
            <A><ListPolicyVersionsResult><Versions><member><VersionId>v2</VersionId><IsDefaultVersion>false</IsDefaultVersion>
            <CreateDate>2025-12-01T00:00:00Z</CreateDate></member></Versions><IsTruncated>true</IsTruncated><Marker>n</Marker></ListPolicyVersionsResult></A>
            """,
            async iam =>
            {
                var answer = await iam.ListPolicyVersionsAsync(new() { PolicyArn = Arn, Marker = "m" });
                var version = answer.Versions[0];
                return $"{version.VersionId} {version.IsDefaultVersion} {version.CreateDate:O} {answer.IsTruncated} {answer.Marker}";
            },
            "v2 False 2025-12-01T00:00:00.0000000Z True n"),
        Iam(
            "ListServiceSpecificCredentials",
            "ServiceName=bedrock.amazonaws.com&UserName=u",
            """
            <A><ListServiceSpecificCredentialsResult><ServiceSpecificCredentials><member><UserName>u</UserName><Status>Active</Status>
            <ServiceSpecificCredentialId>ACCA1</ServiceSpecificCredentialId></member></ServiceSpecificCredentials><IsTruncated>false</IsTruncated>
            </ListServiceSpecificCredentialsResult></A>
            """,
            async iam =>
            {
                var answer = await iam.ListServiceSpecificCredentialsAsync(new() { UserName = "u", ServiceName = "bedrock.amazonaws.com" });
                return $"{answer.ServiceSpecificCredentials[0].ServiceSpecificCredentialId} {answer.ServiceSpecificCredentials[0].Status} {answer.IsTruncated}";
            },
            "ACCA1 Active False"),
        Iam(
            "ListAttachedRolePolicies",
            "Marker=m&RoleName=r",
            AttachedAnswer("ListAttachedRolePolicies"),
            async iam =>
            {
                var answer = await iam.ListAttachedRolePoliciesAsync(new() { RoleName = "r", Marker = "m" });
                return $"{answer.AttachedPolicies[0].PolicyName} {answer.AttachedPolicies[0].PolicyArn} {answer.IsTruncated} {answer.Marker}";
            },
            "Deny arn True n"),
        Iam(
            "ListAttachedUserPolicies",
            "UserName=u",
            AttachedAnswer("ListAttachedUserPolicies"),
            async iam =>
            {
                var answer = await iam.ListAttachedUserPoliciesAsync(new() { UserName = "u" });
                return $"{answer.AttachedPolicies[0].PolicyName} {answer.AttachedPolicies[0].PolicyArn} {answer.IsTruncated} {answer.Marker}";
            },
            "Deny arn True n"),
        Iam(
            "GetAccountSummary",
            "",
            """
            <GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>AttachedPoliciesPerRoleQuota</key><value>10</value></entry>
            <entry><key>Users</key><value>32</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>
            """,
            async iam =>
            {
                var answer = await iam.GetAccountSummaryAsync(new());
                return $"{answer.SummaryMap["AttachedPoliciesPerRoleQuota"]} {answer.SummaryMap["Users"]}";
            },
            "10 32"),
        Iam(
            "UpdateServiceSpecificCredential",
            "ServiceSpecificCredentialId=ACCA1&Status=Inactive&UserName=u",
            "<R/>",
            async iam =>
            {
                var request = new UpdateServiceSpecificCredentialRequest
                {
                    UserName = "u", ServiceSpecificCredentialId = "ACCA1", Status = StatusType.Inactive,
                };
                return $"{(await iam.UpdateServiceSpecificCredentialAsync(request)).HttpStatusCode}";
            },
            "OK"),
    ];

    private static string AttachedAnswer(string operation) => $"""
        <{operation}Response><{operation}Result><AttachedPolicies><member><PolicyName>Deny</PolicyName><PolicyArn>arn</PolicyArn></member></AttachedPolicies>
        <IsTruncated>true</IsTruncated><Marker>n</Marker></{operation}Result></{operation}Response>
        """;

    private static Exchange Organizations(string operation, string body, string answer, Func<IAmazonOrganizations, Task<string?>> call, string read) =>
        new($"AWSOrganizationsV20161128.{operation}", body, answer, async service =>
        {
            using var client = new AmazonOrganizationsClient(StubService.Credentials, service.Configure(new AmazonOrganizationsConfig()));
            return await call(client);
        }, read);

    private static Exchange Iam(string operation, string form, string answer, Func<IAmazonIdentityManagementService, Task<string?>> call, string read) =>
        new($"iam.{operation}", form.Length > 0 ? $"2010-05-08&{form}" : "2010-05-08", answer, async service =>
        {
            using var client = new AmazonIdentityManagementServiceClient(
                StubService.Credentials, service.Configure(new AmazonIdentityManagementServiceConfig()));
            return await call(client);
        }, read);
}
