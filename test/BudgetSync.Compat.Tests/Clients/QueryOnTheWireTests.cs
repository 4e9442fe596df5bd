using System.Net;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;

namespace BudgetSync.Compat.Tests.Clients;

public sealed class QueryOnTheWireTests
{
    [Theory]
    [InlineData("NoSuchEntity", typeof(NoSuchEntityException))]
    [InlineData("LimitExceeded", typeof(LimitExceededException))]
    [InlineData("UnmodifiableEntity", typeof(UnmodifiableEntityException))]
    [InlineData("AccessDenied", typeof(AmazonIdentityManagementServiceException))]
    public async Task An_error_is_the_exception_of_its_code(string code, Type expected)
    {
        var service = new StubService(
            $"""
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>{code}</Code><Message>it is not there</Message>
            </Error><RequestId>request-1</RequestId></ErrorResponse>
            """,
            HttpStatusCode.NotFound);
        using var client = new AmazonIdentityManagementServiceClient(
            StubService.Credentials, service.Configure(new AmazonIdentityManagementServiceConfig()));

        var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.AttachRolePolicyAsync(new() { RoleName = "r", PolicyArn = "arn:aws:iam::111122223333:policy/p" }));

        Assert.IsType(expected, thrown);
        Assert.Equal((code, "it is not there", "request-1", ErrorType.Sender), (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.ErrorType));
        Assert.Equal("https://iam.amazonaws.com/", service.Request.Url.ToString());
        Assert.Contains("/us-east-1/iam/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }
}
