package intruder;

import dev.holdfast.azure.internal.AzureServices;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.internal.engine.RetryEngine;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.time.HttpDate;

/** Names what no program may name. */
final class Intruder {}
