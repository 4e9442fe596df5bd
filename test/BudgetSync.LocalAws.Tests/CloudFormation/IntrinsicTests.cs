using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;

namespace BudgetSync.LocalAws.Tests.CloudFormation;

public sealed class IntrinsicTests
{
    [Theory]
    [InlineData("""{"Ref":"AWS::AccountId"}""", "\"111122223333\"")]
    [InlineData("""{"Ref":"AWS::Partition"}""", "\"aws\"")]
    [InlineData("""{"Ref":"Size"}""", "\"small\"")]
    [InlineData("""{"Ref":"Queue"}""", "\"https://queue\"")]
    [InlineData("""{"Fn::GetAtt":["Queue","Arn"]}""", "\"arn:aws:sqs:q\"")]
    [InlineData("""{"Fn::GetAtt":"Queue.Arn"}""", "\"arn:aws:sqs:q\"")]
    [InlineData("""{"Fn::Sub":"${AWS::Region}/${Size}/${Queue.Arn}/${!Literal}"}""", "\"eu-west-1/small/arn:aws:sqs:q/${Literal}\"")]
    [InlineData("""{"Fn::Sub":["${A}-${Size}",{"A":{"Ref":"AWS::StackName"}}]}""", "\"stack-small\"")]
    [InlineData("""{"Fn::Join":[":",["arn",{"Ref":"Size"},"x"]]}""", "\"arn:small:x\"")]
    [InlineData("""{"Fn::Select":[1,{"Ref":"Ids"}]}""", "\"b\"")]
    [InlineData("""{"Fn::Split":["-",{"Ref":"Size"}]}""", "[\"small\"]")]
    [InlineData("""{"Fn::If":["IsSmall","yes","no"]}""", "\"yes\"")]
    [InlineData("""{"Fn::If":["IsLarge","yes","no"]}""", "\"no\"")]
    [InlineData("""{"Fn::ImportValue":"Shared"}""", "\"imported\"")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"Size"},"Memory"]}""", "128")]
    [InlineData("""{"A":{"Ref":"AWS::NoValue"},"B":[1,{"Ref":"AWS::NoValue"},2]}""", """{"B":[1,2]}""")]
    public void Function_gives_what_CloudFormation_gives(string function, string expected) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), Scope().Evaluate(JsonNode.Parse(function))),
            Scope().Evaluate(JsonNode.Parse(function))?.ToJsonString());

    [Theory]
    [InlineData("""{"Fn::Transform":{"Name":"X"}}""", "Fn::Transform")]
    [InlineData("""{"Ref":"Nothing"}""", "Nothing")]
    [InlineData("""{"Fn::GetAtt":["Queue","Colour"]}""", "Colour")]
    [InlineData("""{"Fn::ImportValue":"Unknown"}""", "Unknown")]
    public void Unknown_function_name_or_attribute_is_an_error_that_names_it(string function, string named) =>
        Assert.Contains(named, Assert.Throws<StackException>(() => Scope().Evaluate(JsonNode.Parse(function))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_parameter_is_named_at_once()
    {
        var template =
            Template.Parse("""{"Parameters":{"A":{"Type":"String","AllowedPattern":"[0-9]{12}"},"B":{"Type":"String"}},"Resources":{"R":{"Type":"X"}}}""");
        var error = Assert.Throws<StackException>(() => Scope(template).SetParameters(new Dictionary<string, string> { ["A"] = "12", ["C"] = "x" }));
        Assert.Contains("\"12\" does not match", error.Message, StringComparison.Ordinal);
        Assert.Contains("Parameter B has no default", error.Message, StringComparison.Ordinal);
        Assert.Contains("Parameter C does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void False_rule_refuses_the_stack_with_its_own_words()
    {
        var template =
            Template.Parse(
                """{"Rules":{"Home":{"Assertions":[{"Assert":{"Fn::Equals":[{"Ref":"AWS::Region"},"us-east-1"]},"AssertDescription":"deploy to """
                    + """us-east-1"}]}},"Resources":{"R":{"Type":"X"}}}""");
        Assert.Contains("deploy to us-east-1", Assert.Throws<StackException>(Scope(template).CheckRules).Message, StringComparison.Ordinal);
    }

    private static StackScope Scope()
    {
        var scope = Scope(Template.Parse("""
            {
              "Parameters": { "Size": { "Type": "String", "Default": "small" }, "Ids": { "Type": "CommaDelimitedList", "Default": "a, b" } },
              "Mappings": { "Sizes": { "small": { "Memory": 128 } } },
              "Conditions": { "IsSmall": { "Fn::Equals": [{ "Ref": "Size" }, "small"] }, "IsLarge": { "Fn::Not": [{ "Condition": "IsSmall" }] } },
              "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } }
            }
            """));
        scope.SetParameters(new Dictionary<string, string>());
        scope.Add("Queue", "https://queue", new Dictionary<string, string> { ["Arn"] = "arn:aws:sqs:q" });
        return scope;
    }

    private static StackScope Scope(Template template) =>
        new(template, "stack", "stack-id", "111122223333", "eu-west-1", name => name == "Shared" ? "imported" : null);
}
