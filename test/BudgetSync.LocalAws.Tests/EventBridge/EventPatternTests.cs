using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class EventPatternTests
{
    [Theory]
    [InlineData("{'source':['aws.ssm']}", "{'source':'aws.ssm'}", true)]
    [InlineData("{'source':['aws.ssm']}", "{'source':'aws.ec2'}", false)]
    [InlineData("{'source':['aws.ssm']}", "{}", false)]
    [InlineData("{'source':['a','b']}", "{'source':'b'}", true)]
    [InlineData("{'source':['A']}", "{'source':'a'}", false)]
    [InlineData("{'a':[1],'b':[2]}", "{'a':1,'b':2,'c':3}", true)]
    [InlineData("{'a':[1],'b':[2]}", "{'a':1,'b':3}", false)]
    [InlineData("{'a':[300]}", "{'a':300.0}", false)]
    [InlineData("{'a':[300]}", "{'a':'300'}", false)]
    [InlineData("{'a':[null]}", "{'a':null}", true)]
    [InlineData("{'a':[null]}", "{}", false)]
    [InlineData("{'a':[true]}", "{'a':true}", true)]
    [InlineData("{'a':['x']}", "{'a':['w','x']}", true)]
    [InlineData("{'a':['x']}", "{'a':{'x':1}}", false)]
    [InlineData("{'d':{'name':['n']}}", "{'d':{'name':'n'}}", true)]
    [InlineData("{'d':{'name':['n']}}", "{'d':[{'name':'m'},{'name':'n'}]}", true)]
    public void Values_match_exactly_lists_are_an_or_and_fields_an_and(string pattern, string value, bool matches) => Check(pattern, value, matches);

    [Theory]
    [InlineData("{'a':[{'prefix':'/Budget'}]}", "{'a':'/BudgetSync'}", true)]
    [InlineData("{'a':[{'prefix':'/Budget'}]}", "{'a':'/budgetSync'}", false)]
    [InlineData("{'a':[{'prefix':{'equals-ignore-case':'/BUD'}}]}", "{'a':'/budgets'}", true)]
    [InlineData("{'a':[{'suffix':'.png'}]}", "{'a':'x.png'}", true)]
    [InlineData("{'a':[{'suffix':'.png'}]}", "{'a':'x.pn'}", false)]
    [InlineData("{'a':[{'equals-ignore-case':'Abc'}]}", "{'a':'aBC'}", true)]
    [InlineData("{'a':[{'wildcard':'a*c*e'}]}", "{'a':'abcde'}", true)]
    [InlineData("{'a':[{'wildcard':'a*c'}]}", "{'a':'abd'}", false)]
    [InlineData("{'a':[{'wildcard':'a?c'}]}", "{'a':'abc'}", false)]
    [InlineData("{'a':[{'anything-but':'x'}]}", "{'a':'y'}", true)]
    [InlineData("{'a':[{'anything-but':['x','y']}]}", "{'a':'y'}", false)]
    [InlineData("{'a':[{'anything-but':'x'}]}", "{}", false)]
    [InlineData("{'a':[{'anything-but':{'prefix':'x'}}]}", "{'a':'xy'}", false)]
    [InlineData("{'a':[{'anything-but':{'prefix':['x','y']}}]}", "{'a':'yx'}", false)]
    [InlineData("{'a':[{'anything-but':{'prefix':['x','y']}}]}", "{'a':'zx'}", true)]
    [InlineData("{'a':[{'numeric':['>',0,'<=',5]}]}", "{'a':5}", true)]
    [InlineData("{'a':[{'numeric':['>',0,'<=',5]}]}", "{'a':0}", false)]
    [InlineData("{'a':[{'numeric':['=',3.0]}]}", "{'a':3}", true)]
    [InlineData("{'a':[{'numeric':['=',3]}]}", "{'a':'3'}", false)]
    [InlineData("{'a':[{'numeric':['>',0]}]}", "{'a':5000000001}", false)]
    [InlineData("{'a':[{'cidr':'10.0.0.0/24'}]}", "{'a':'10.0.0.255'}", true)]
    [InlineData("{'a':[{'cidr':'10.0.0.0/24'}]}", "{'a':'10.0.1.0'}", false)]
    [InlineData("{'a':[{'exists':true}]}", "{'a':null}", true)]
    [InlineData("{'a':[{'exists':true}]}", "{'a':{'b':1}}", false)]
    [InlineData("{'a':[{'exists':false}]}", "{'b':1}", true)]
    [InlineData("{'a':[{'exists':false}]}", "{'a':1}", false)]
    [InlineData("{'d':{'a':[{'exists':false}]}}", "{}", true)]
    [InlineData("{'$or':[{'a':[1]},{'b':[2]}]}", "{'b':2}", true)]
    [InlineData("{'$or':[{'a':[1]},{'b':[2]}]}", "{'a':2,'b':1}", false)]
    public void Operators_match_as_documented(string pattern, string value, bool matches) => Check(pattern, value, matches);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{'a':'x'}")]
    [InlineData("{'a':[]}")]
    [InlineData("{'a':[{'like':'x'}]}")]
    [InlineData("{'a':[{'prefix':1}]}")]
    [InlineData("{'a':[{'numeric':['>']}]}")]
    [InlineData("{'a':[{'prefix':'x','suffix':'y'}]}")]
    [InlineData("not json")]
    public void A_pattern_that_is_none_is_refused(string pattern)
    {
        var error = Assert.Throws<AwsException>(() => EventPattern.Parse(pattern.Replace('\'', '"')));

        Assert.Equal("InvalidEventPatternException", error.Code);
    }

    private static void Check(string pattern, string value, bool matches) =>
        Assert.Equal(matches, EventPattern.Parse(pattern.Replace('\'', '"')).Matches(JsonNode.Parse(value.Replace('\'', '"'))));
}
