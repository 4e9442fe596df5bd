namespace BudgetSync.Core.Rows.Reading;

/// <summary>
/// Every rule a row must keep, by name. "BM" is AWS's service model, "UG" a page of the AWS documentation by its title, "ours" a rule of this system.
/// A test breaks and keeps each of them on both sides of its edge. The bounds are in <see cref="Budgets.AwsLimits"/>.
/// </summary>
internal static class RowRules
{
    // The row itself.
    public static readonly Rule ScopeKey = new("ScopeKey", "BM budgets AccountId; BM organizations OrganizationalUnitId, RootId");
    public static readonly Rule OwnAccount = new("OwnAccount", "ours: an account's row is for that account only");
    public static readonly Rule KnownName = new("KnownName", "ours: a misspelt attribute that is silently ignored is an alert that never fires");
    public static readonly Rule Required = new("Required", "BM budgets: required members of the shape");
    public static readonly Rule Type = new("Type", "ours: each attribute has its DynamoDB types");
    public static readonly Rule NotBlank = new("NotBlank", "BM budgets: every text has min 1");
    public static readonly Rule WellFormed = new("WellFormed", "ours: every wire is UTF-8");
    public static readonly Rule Word = new("Word", "BM budgets: enums");
    public static readonly Rule Number = new("Number", "BM budgets NumericValue: ([0-9]*\\.)?[0-9]+, read as a decimal");
    public static readonly Rule WholeNumber = new("WholeNumber", "BM budgets AdjustmentPeriod: integer");
    public static readonly Rule Instant = new("Instant", "BM budgets GenericTimestamp: an instant, epoch seconds on the wire");
    public static readonly Rule BudgetsAlone = new("BudgetsAlone", "ours: a row describes one budget at its top level or several in Budgets, not both");
    public static readonly Rule BudgetsNotEmpty = new(
        "BudgetsNotEmpty",
        "ours: an empty list would delete every budget by a slip; OnDelete says so on purpose");
    public static readonly Rule NamesUnique = new("NamesUnique", "BM budgets Budget.BudgetName: \"must be unique within an account\"");
    public static readonly Rule DocumentSize = new("DocumentSize", "UG \"Managing parameter tiers\": 8 KB in the advanced tier");
    public static readonly Rule ReleasedAlone = new("ReleasedAlone", "ours: a document that leaves the budgets alone cannot also say what they should be");
    public static readonly Rule DocumentVersion = new("DocumentVersion", "ours: a document of a later version may mean more than this reader knows");
    public static readonly Rule RowOnly = new("RowOnly", "ours: what concerns the row stays in the table");

    public static readonly Rule EnvelopeScope = new("EnvelopeScope", "ours: an envelope is over several accounts");
    public static readonly Rule EnvelopePeriod = new("EnvelopePeriod", "ours: amounts add up where periods are the same");
    public static readonly Rule WeightRange = new("WeightRange", "ours: a share cannot be negative");

    public static readonly Rule RouteForm = new("RouteForm", "ours: a channel, and perhaps the lowest severity that it takes");
    public static readonly Rule RoutesDistinct = new("RoutesDistinct", "ours: with two severities of one channel, one of them means nothing");
    public static readonly Rule RouteChannel = new("RouteChannel", "ours: an alert for a channel that does not exist would be told to none");

    // The budget.
    public static readonly Rule NameLength = new("NameLength", "BM budgets BudgetName: 1 to 100");
    public static readonly Rule NameCharacters = new(
        "NameCharacters",
        "BM budgets BudgetName: no :, no \\, no /action/, no script tag; control characters are refused by us");
    public static readonly Rule UnitOfCost = new("UnitOfCost", "BM budgets Spend.Unit: for cost a currency code, ISO 4217");
    public static readonly Rule CurrencyOfStack = new(
        "CurrencyOfStack",
        "AWS's refusal: \"AUD is not in the supported unit set: [USD]\", the account's billing currency (awslabs/landing-zone-accelerator-on-aws#682)");
    public static readonly Rule UnitOfUsage = new("UnitOfUsage", "UG \"Creating a usage budget\": the unit of what is counted; no default can be right");
    public static readonly Rule UnitOfUtilization = new("UnitOfUtilization", "BM budgets: RI and Savings Plans budgets are in PERCENTAGE");
    public static readonly Rule UnitLength = new("UnitLength", "ours, see AwsLimits.UnitLength");

    // The amount.
    public static readonly Rule AmountPresent = new("AmountPresent", "BM budgets Budget.BudgetLimit: \"required for cost or usage budgets\"");
    public static readonly Rule AmountPositive = new(
        "AmountPositive",
        "ours: a limit of zero or less is passed before anything is spent; BM NumericValue has no sign");
    public static readonly Rule AmountAmbiguous = new("AmountAmbiguous", "ours: \"1.500\" in a spreadsheet of half of Europe is 1500");
    public static readonly Rule AmountRounded = new("AmountRounded", "ours: a spreadsheet shows 123457 as \"1.23E+05\", and saves what it shows");
    public static readonly Rule AmountMaximum = new("AmountMaximum", "ours, see AwsLimits.AmountMaximum");
    public static readonly Rule CostDecimals = new("CostDecimals", "ours, see AwsLimits.CostDecimals");
    public static readonly Rule UsageDecimals = new("UsageDecimals", "ours, see AwsLimits.UsageDecimals");
    public static readonly Rule AmountOneWay = new(
        "AmountOneWay",
        "BM budgets Budget.BudgetLimit: \"You can't use BudgetLimit with PlannedBudgetLimits\"; AutoAdjustData likewise");
    public static readonly Rule AmountOfUtilization = new(
        "AmountOfUtilization",
        "BM budgets Budget.BudgetLimit: 100 \"is the only valid value for RI or Savings Plans utilization or coverage budgets\"");
    public static readonly Rule PlannedTimeUnit = new("PlannedTimeUnit", "BM budgets Budget.PlannedBudgetLimits: monthly and quarterly only");
    public static readonly Rule PlannedStart = new(
        "PlannedStart",
        "BM budgets Budget.PlannedBudgetLimits: \"the start of the month [quarter], UTC in epoch seconds\"");
    public static readonly Rule PlannedCount = new(
        "PlannedCount",
        "BM budgets Budget.PlannedBudgetLimits: 12 months or four quarters, fewer only when the budget ends earlier");
    public static readonly Rule PlannedGap = new("PlannedGap", "BM budgets Budget.PlannedBudgetLimits: the current and the next periods, without a gap");
    public static readonly Rule PlannedUnit = new("PlannedUnit", "ours: a budget has one unit");
    public static readonly Rule HistoricalOptions = new(
        "HistoricalOptions",
        "BM budgets AutoAdjustData: HistoricalOptions describe HISTORICAL and nothing else");
    public static readonly Rule AdjustmentPeriod = new(
        "AdjustmentPeriod",
        "BM budgets HistoricalOptions.BudgetAdjustmentPeriod: 1 to 60 days, 12 months, 4 quarters, 1 year");
    public static readonly Rule Day = new("Day", "ours: grants and changes hold for whole days in UTC, as AWS's periods do");
    public static readonly Rule GrantCount = new("GrantCount", "ours, see AwsLimits.Grants");
    public static readonly Rule GrantText = new("GrantText", "ours, see AwsLimits.GrantTextLength");
    public static readonly Rule GrantsDistinct = new("GrantsDistinct", "ours: the same grant twice is a slip, and would count twice");
    public static readonly Rule GrantNeedsValue = new(
        "GrantNeedsValue",
        "ours: grants and changes move a fixed limit; a planned one says each period's itself, and one that AWS computes is AWS's");
    public static readonly Rule ChangeCount = new("ChangeCount", "ours, see AwsLimits.AmountChanges");
    public static readonly Rule ChangesDistinct = new("ChangesDistinct", "ours: one amount is in force on a day");
    public static readonly Rule CustomPeriod = new("CustomPeriod", "BM budgets TimeUnit CUSTOM: the period is the budget's TimePeriod, Start and End");
    public static readonly Rule CustomLength = new("CustomLength", "UG \"Creating a cost budget\", see AwsLimits.CustomYears");
    public static readonly Rule CustomNotAdjusting = new("CustomNotAdjusting", "ours: a period that does not begin again has none before it to look back on");
    public static readonly Rule PeriodOrder = new("PeriodOrder", "BM budgets TimePeriod: \"The start date must come before the end date\"");
    public static readonly Rule PeriodEnd = new(
        "PeriodEnd",
        "BM budgets Budget.TimePeriod: \"The end date must come before 06/15/87 00:00 UTC\", which is also the end AWS gives");

    // What it counts, and its tags.
    public static readonly Rule BillingViewArn = new("BillingViewArn", "BM budgets BillingViewArn: 20 to 2048");
    public static readonly Rule TagCount = new("TagCount", "BM budgets ResourceTagList: max 200, see AwsLimits.ResourceTags");
    public static readonly Rule TagKey = new(
        "TagKey",
        "BM budgets ResourceTagKey: 1 to 128; \"Tag naming limits and requirements\" of the tagging guide: aws: is reserved");
    public static readonly Rule TagValue = new("TagValue", "BM budgets ResourceTagValue: 0 to 256");
    public static readonly Rule FilterOneStyle = new("FilterOneStyle", "BM budgets: CostFilters and CostTypes exclude FilterExpression and Metrics");
    public static readonly Rule CostTypesOfCost = new("CostTypesOfCost", "BM budgets Budget.CostTypes: only COST budgets have them");
    public static readonly Rule CostTypesOnePrice = new("CostTypesOnePrice", "ours: blended and amortized are two prices of one thing");
    public static readonly Rule FilterName = new(
        "FilterName",
        "AWS's refusal: \"… is not in the supported in cost budget dimension set: […]\" (hashicorp/terraform#19370), see FilterNames");
    public static readonly Rule TagFilter = new(
        "TagFilter",
        "hashicorp/terraform-provider-aws#39850, #40987, #41085: without user: or aws: before the key, a budget counts nothing");
    public static readonly Rule CostCategoryFilter = new("CostCategoryFilter", "ours: name$value, the form of a tag; AWS's pages tell none");
    public static readonly Rule ServiceName = new("ServiceName", "boto/boto3#4248: a console label is taken and matches nothing, see ServiceLabels");
    public static readonly Rule LinkedAccountId = new("LinkedAccountId", "BM budgets AccountId");
    public static readonly Rule FilterValues = new("FilterValues", "BM budgets Values: at least one");
    public static readonly Rule FilterValueLength = new("FilterValueLength", "BM budgets Value: max 1024");
    public static readonly Rule LinkedAccountPlace = new(
        "LinkedAccountPlace",
        "UG \"Creating filters\": not available inside a member account; the management account's budgets may (hashicorp/terraform-provider-aws#26717)");
    public static readonly Rule UsageFilter = new("UsageFilter", "UG \"Creating a usage budget\": needs a UsageType or UsageTypeGroup filter");
    public static readonly Rule ReservationFilter = new(
        "ReservationFilter",
        "BM budgets Budget.CostFilters: RI budgets are for one of five services, given as the Service filter");
    public static readonly Rule ReservationService = new(
        "ReservationService",
        "BM budgets Budget.CostFilters: \"supports the following services as a Service filter for RI budgets\", five of them");
    public static readonly Rule ExpressionOneMember = new(
        "ExpressionOneMember",
        "BM budgets Expression: one of And, Or, Not, Dimensions, Tags, CostCategories at each level");
    public static readonly Rule ExpressionOperands = new("ExpressionOperands", "ours, see AwsLimits.ExpressionOperands");
    public static readonly Rule ExpressionDepth = new(
        "ExpressionDepth",
        "Terraform's documentation of aws_budgets_budget: \"The maximum expression nesting depth allowed by the AWS API is 2\"");
    public static readonly Rule AbsentValues = new(
        "AbsentValues",
        "Cost Explorer's refusal: \"must not have values set when ABSENT is provided\" (hashicorp/terraform-provider-aws#36690)");
    public static readonly Rule DimensionMatchOptions = new(
        "DimensionMatchOptions",
        "BM budgets ExpressionDimensionValues.MatchOptions: \"only one of these values\"");
    public static readonly Rule MetricsCount = new("MetricsCount", "BM budgets Metrics: max 1");
    public static readonly Rule MetricsNeedExpression = new(
        "MetricsNeedExpression",
        "BM budgets CreateBudget: either FilterExpression and Metrics or CostFilters and CostTypes, not \"a different combination\"");
    public static readonly Rule MetricOfType = new("MetricOfType", "BM budgets Metric: costs for COST, quantities for USAGE, none for the others");

    // Who is told, and when.
    public static readonly Rule ThresholdPositive = new(
        "ThresholdPositive",
        "ours: a threshold of zero is passed before anything is spent; BM NotificationThreshold: min 0");
    public static readonly Rule ThresholdFraction = new(
        "ThresholdFraction",
        "ours: a spreadsheet's 80 % is the number 0.8, and an alert at 0.8 percent would come on the first day of every month");
    public static readonly Rule ThresholdMaximum = new(
        "ThresholdMaximum",
        "BM budgets Notification.Threshold: 1,000,000 percent; NotificationThreshold: max 15,000,000,000,000");
    public static readonly Rule ThresholdDigits = new("ThresholdDigits", "ours, see AwsLimits.ThresholdDigits");
    public static readonly Rule ThresholdsDistinct = new("ThresholdsDistinct", "BM budgets CreateNotification: DuplicateRecordException");
    public static readonly Rule ThresholdCount = new("ThresholdCount", "BM budgets NotificationWithSubscribersList: max 10");
    public static readonly Rule ForecastNotDaily = new("ForecastNotDaily", "UG \"Creating a budget\": no forecast for a daily budget");
    public static readonly Rule ForecastOfType = new("ForecastOfType", "UG \"Creating a budget\": forecasts are for cost and usage budgets");
    public static readonly Rule OperatorOfUtilization = new(
        "OperatorOfUtilization",
        "UG \"Creating a budget\": utilization and coverage alert when they fall below");
    public static readonly Rule EmailForm =
        new("EmailForm", "BM budgets SubscriberAddress: no line breaks; ours: local@domain without blanks, a dot in the domain");
    public static readonly Rule EmailLength = new("EmailLength", "RFC 5321, see AwsLimits.EmailLength");
    public static readonly Rule EmailCount = new("EmailCount", "BM budgets Notification: up to 10 email subscribers");
    public static readonly Rule Recipient = new("Recipient", "BM budgets Notification: \"Each notification must have at least one subscriber\"");
    public static readonly Rule TopicForm = new("TopicForm", "BM sns CreateTopic: arn:partition:sns:region:account:name; FIFO topics take no budget alerts");
    public static readonly Rule Partition = new("Partition", "ours: an ARN of another partition names nothing in this one");
    public static readonly Rule TopicAccount = new(
        "TopicAccount",
        "UG \"Creating an Amazon SNS topic for budget notifications\": the topic must be in the budget's account");

    // Actions.
    public static readonly Rule ActionCount = new("ActionCount", "BM budgets Actions: max 100");
    public static readonly Rule ActionsDistinct = new("ActionsDistinct", "BM budgets CreateBudgetAction: DuplicateRecordException");
    public static readonly Rule ActionOfType = new("ActionOfType", "UG \"Configuring a budget action\": for a cost or usage threshold");
    public static readonly Rule ActionNotDaily =
        new("ActionNotDaily", "AWS's refusal: \"AWS Budgets Actions don't support daily granularity budget for now.\"");

    public static readonly Rule DefinitionOne = new("DefinitionOne", "BM budgets Definition: exactly one, and the one of the ActionType");
    public static readonly Rule ActionSubscribers = new("ActionSubscribers", "BM budgets Subscribers: 1 to 11, one topic and 10 addresses");
    public static readonly Rule ActionTargets = new("ActionTargets", "BM budgets Roles, Groups, Users, TargetIds, InstanceIds: 1 to 100");
    public static readonly Rule ActionPrincipal = new("ActionPrincipal", "BM budgets IamActionDefinition: at least one role, group or user");
    public static readonly Rule PrincipalName = new("PrincipalName", "BM budgets Role, Group, User: a name, with its path perhaps, not an ARN");
    public static readonly Rule PolicyArn = new("PolicyArn", "BM budgets PolicyArn");
    public static readonly Rule PolicyAccount = new("PolicyAccount", "UG \"Configuring a budget action\": a policy of the account itself or of AWS");
    public static readonly Rule PolicyOfAws = new(
        "PolicyOfAws",
        "The role of actions (BudgetSyncActionRole) attaches the account's own policies and AWSDenyAll: AWS's others give rights");

    public static readonly Rule PolicyId = new("PolicyId", "BM budgets PolicyId: ^p-[0-9a-zA-Z_]{8,128}$");
    public static readonly Rule TargetId = new("TargetId", "BM budgets TargetId: an OU id or an account id");
    public static readonly Rule ScpAccount = new("ScpAccount", "UG \"Configuring a budget action\": SCP actions work from the management account only");
    public static readonly Rule RegionName = new("RegionName", "BM budgets Region");
    public static readonly Rule InstanceId = new("InstanceId", "BM budgets InstanceId: i- and 8 or 17 letters, or an RDS identifier");
    public static readonly Rule RoleArn = new("RoleArn", "BM budgets RoleArn: 32 to 618");
    public static readonly Rule RoleAccount = new("RoleAccount", "BM budgets Action.ExecutionRoleArn: \"Roles and actions must be in the same account\"");

    // Responses and restrictions.
    public static readonly Rule PolicyName = new("PolicyName", "ours: a list of the deployment, which becomes a policy of IAM by its name");
    public static readonly Rule PolicyOfKind = new("PolicyOfKind", "ours: DENY_APIS denies a list of the deployment, the other kinds have their own");
    public static readonly Rule TagForm = new("TagForm", "AWS tagging guide, \"Tag naming limits and requirements\": key 1 to 128, value 0 to 256");
    public static readonly Rule TagOfKind = new("TagOfKind", "ours: only STOP_TAGGED chooses by a tag");
    public static readonly Rule IamName = new("IamName", "IAM API Reference, CreateRole RoleName, CreateUser UserName: [\\w+=,.@-], 1 to 64");
    public static readonly Rule NameCount = new("NameCount", "ours, see RestrictionLimits.Names");
    public static readonly Rule PrincipalsOfKind = new("PrincipalsOfKind", "ours: a deny binds some, or all but some; a stop looks at resources");
    public static readonly Rule RestrictionId = new("RestrictionId", "ours: what the report and the ledger call it");
    public static readonly Rule RestrictionPlace = new("RestrictionPlace", "ours: NOTIFY restricts nothing, and QUARANTINE is the organization's");
    public static readonly Rule RestrictionCount = new("RestrictionCount", "ours, see RestrictionLimits.Restrictions");
    public static readonly Rule RestrictionsDistinct = new("RestrictionsDistinct", "ours: a report answers by id");
    public static readonly Rule TriggerForm = new("TriggerForm", "ours: a state, a part of the limit, or days of runway");
    public static readonly Rule TriggerRange = new("TriggerRange", "ours: below half of the limit an account in good order would be restricted");
    public static readonly Rule GraceForm = new("GraceForm", "ours: minutes, hours or days, a year at most");
    public static readonly Rule GraceOfArmed = new("GraceOfArmed", "ours, see ResponseRule.LeastGrace");
    public static readonly Rule ResponseEnd = new("ResponseEnd", "ours: a restriction ends with the period, on a day, or by a person");
    public static readonly Rule BindingKind = new("BindingKind", "ours: the organization's policies are few, and bind whole accounts");
    public static readonly Rule ResponseCount = new("ResponseCount", "ours, see RestrictionLimits.Responses");
    public static readonly Rule ResponsesDistinct = new("ResponsesDistinct", "ours: the same response twice would be one restriction with two modes");
    // Models.
    public static readonly Rule AiPrincipalForm = new("AiPrincipalForm", "ours: a pattern that no principal's name can match would never count anything");
    public static readonly Rule AiPoolName = new("AiPoolName", "ours: what the report and the table call it");
    public static readonly Rule AiModelForm = new(
        "AiModelForm",
        "BM bedrock ModelId, FoundationModelId: lower case letters, digits and . : _ / -, and no geography, which is no part of the price");
    public static readonly Rule AiEntryCount = new("AiEntryCount", "ours, see AiLimits");
    public static readonly Rule AiMemberCount = new("AiMemberCount", "ours, see AiLimits.Members, each once");
    public static readonly Rule AiPercent = new("AiPercent", "ours: a part of the limit, or of the price");
    public static readonly Rule AiOrder = new("AiOrder", "ours: what is critical is not told before its warning");
    public static readonly Rule AiRateRange = new("AiRateRange", "ours, see AiLimits.Rpm and Tpm, AiRate.Windows");
    public static readonly Rule AiRateOfSome = new("AiRateOfSome", "ours: a rate that limits nothing is a slip");
    public static readonly Rule AiUnit = new("AiUnit", "ours: AWS prices models in USD, and a slip of currency must not suspend anybody");

    public static readonly Rule ResponsePolicy = new("ResponsePolicy", "ours: a list that does not exist denies nothing");
}
