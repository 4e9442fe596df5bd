using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>The table of AI.md: which model a record names.</summary>
public sealed class BedrockModelTests
{
    private const string Profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12cd34ef56";

    public static TheoryData<string, string, string> Models()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in AiDocument.Table("models").Skip(1)) data.Add(line[0], line[1], line[2]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_id_names_the_model_of_the_table(string modelId, string kind, string id)
    {
        var model = BedrockModel.Of(modelId);

        Assert.Equal((kind, id), (model.Kind.ToString(), model.Id));
    }

    [Fact]
    public void An_application_inference_profile_is_its_model_where_that_is_known()
    {
        var profiles = new Dictionary<string, string> { [Profile] = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0" };

        Assert.Equal(new BedrockModel("amazon.nova-pro-v1:0", ModelKind.Regional), BedrockModel.Of(Profile, profiles));
    }

    [Fact]
    public void A_profile_that_is_said_to_be_itself_stays_unknown()
    {
        var profiles = new Dictionary<string, string> { [Profile] = Profile };

        Assert.Equal(ModelKind.UnknownProfile, BedrockModel.Of(Profile, profiles).Kind);
    }
}
