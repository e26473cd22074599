"""The commonest words of English research prose: what a text must consist of for a rule to call something a word.

Only the list belongs here: lower-case forms of three letters and more, names left out, in alphabetical order. What is
concluded from a word being in it, or not, is said in the modules that use it.
"""

_COMMON_WORDS = """
abilities ability ablation ablations able about above absence absent absolute abstract abstraction abstractive
abstracts abundant academic accelerate accelerated accelerates accelerating acceleration acceptable acceptance
access accessed accessibility accessible accessing accommodate accompanied accomplish according accordingly account
accounting accounts accumulation accuracies accuracy accurate accurately achievable achieve achieved achieves
achieving acoustic acquire acquired acquiring acquisition across act acting action actionable actions activation
activations active actively activities activity acts actual actually adapt adaptability adaptable adaptation adapted
adapter adapters adapting adaptive adaptively adapts add added adding addition additional additionally additive
address addressed addresses addressing adds adequate adequately adjacent adjust adjusting adjustment adjustments
adjusts adopt adopted adopting adoption adopts advance advanced advancement advancements advances advancing
advantage advantages advent adversarial adversarially adversaries adversary adverse advocate affect affected
affecting affects aforementioned after against age agent agentic agents aggregate aggregated aggregates aggregating
aggregation agnostic agreement aid aim aimed aiming aims akin algebraic algorithm algorithmic algorithms align
aligned aligning alignment alignments aligns all alleviate alleviates alleviating allocation allow allowed allowing
allows almost alone along alongside already also alternating alternative alternatives although always ambiguities
ambiguity ambiguous among amount amounts analogous analyse analyses analysis analytical analytically analytics
analyze analyzed analyzes analyzing anchor and animation annotate annotated annotating annotation annotations
annotator annotators anomalies anomaly another answer answering answers any appealing appear appearance appears
applicability applicable application applications applied applies apply applying approach approaches appropriate
appropriately approximate approximated approximately approximates approximating approximation approximations
arbitrarily arbitrary architectural architecture architectures are area areas argue argument arguments arise arises
arising arithmetic arm arms around array arrive art article articles artifacts artificial ask asked asking aspect
aspects assess assessed assesses assessing assessment assessments assets assign assigned assigning assignment
assigns assist assistance assistant assistants associated association associations assume assumed assumes assuming
assumption assumptions asymmetric asymptotic asymptotically asynchronous atomic attack attacker attacks attain
attains attempt attempted attempts attention attracted attractive attribute attributed attributes attribution
audience audio augment augmentation augmentations augmented augmenting augments author authors autoencoder
autoencoders automate automated automatic automatically automating automation autonomous autonomously autoregressive
auxiliary availability available avenue avenues average averaging avoid avoiding avoids aware awareness away back
backbone backbones backdoor background backgrounds backpropagation backward balance balanced balances balancing
bandit bandits bandwidth barrier barriers base based baseline baselines bases basic basis batch beam because become
becomes becoming been before begin beginning begins behave behavior behavioral behaviors behaviour behind being
belief beliefs believe belong below benchmark benchmarking benchmarks beneficial benefit benefits benign best better
between beyond bias biased biases bidirectional big bilingual billion billions binary binding biological biology
biomedical bit bits black blind block blocks body boost boosting boosts both bottleneck bottlenecks bound boundaries
boundary bounded bounding bounds box boxes brain branch branches break breakthroughs bridge bridges bridging brief
bring bringing brings broad broader broadly brought budget budgets build building builds built burden business but
cache calculate calculated calculating calculation calibrated calibration call called calls camera cameras can
cancer candidate candidates cannot canonical capabilities capability capable capacity caption captioning captions
capture captured captures capturing care careful carefully carried carry case cases cast catastrophic categorical
categories categorization categorize categorized category causal causality cause caused causes causing cell cells
center centered centers central centralized certain chain chains challenge challenges challenging change changes
changing channel channels character characteristic characteristics characterization characterize characterized
characterizes characterizing characters chat chatbots check checking checkpoints chemical chemistry children choice
choices choose choosing chosen circuit circuits circumvent claim claims class classes classic classical
classification classified classifier classifiers classify classifying clean clear clearly client clients climate
clinical clips close closed closely closer cloud clouds clues cluster clustering clusters coarse code codes coding
coefficient coefficients cognition cognitive coherence coherent collaboration collaborative collaboratively collapse
collect collected collecting collection collections collective collectively color combination combinations
combinatorial combine combined combines combining come comes commands comment comments commercial common commonly
commonsense communicate communication communications communities community compact companies comparable comparably
comparative compare compared compares comparing comparison comparisons compatibility compatible compelling competing
competition competitive competitors complement complementary complete completely completeness completion complex
complexities complexity compliance complicated component components compose composed composite composition
compositional compositionality compositions comprehend comprehension comprehensive comprehensively compress
compressed compressing compression comprises comprising compromise compromising computation computational
computationally computations compute computed computer computes computing concentrate concentration concept concepts
conceptual concern concerning concerns concise conclude conclusion conclusions concrete concurrently condition
conditional conditioned conditioning conditions conduct conducted conducting conducts confidence configuration
configurations confirm confirmed confirming confirms conflict conflicting conflicts conformal confusion conjunction
connect connected connecting connection connections connectivity consecutive consensus consequence consequences
consequently conservative consider considerable considerably consideration considerations considered considering
considers consist consistency consistent consistently consisting consists constant constituent constitute
constitutes constrain constrained constraining constraint constraints construct constructed constructing
construction constructions constructs consumption contact contain contained containing contains contamination
contemporary content contents context contexts contextual contextualized continual continually continue continued
continues continuity continuous continuously contrary contrast contrastive contribute contributes contributing
contribution contributions control controllability controllable controlled controller controlling controls
conventional converge convergence converges conversation conversational conversations conversion convert converted
converting converts convex convey convolution convolutional convolutions cooperation cooperative coordinate
coordinates coordination cope core coreference cornerstone corpora corpus correct correcting correction corrections
correctly correctness correlate correlated correlates correlation correlations correspond correspondence
correspondences corresponding corresponds corroborate corrupted cosine cost costly costs could count counterfactual
counterpart counterparts counting countries counts coupled coupling course covariance cover coverage covered
covering covers crafted create created creates creating creation creative credit criteria criterion critical
critically cross crowdsourcing crucial cues cultural cumulative curate curated curation current currently curriculum
curvature curve curves custom customer customization customized cycle daily data database databases dataset datasets
date days deal dealing debate debiasing decade decades decay decentralized decide decision decisions decode decoder
decoders decoding decompose decomposed decomposes decomposing decomposition decouple decoupled decouples decoupling
decrease decreases decreasing dedicated deep deeper default defense defenses define defined defines defining
definition definitions deformation degradation degrade degraded degrades degree degrees delay deliver delivering
delivers delve demand demanding demands demo demographic demonstrate demonstrated demonstrates demonstrating
demonstration demonstrations denoising dense densities density depend dependence dependencies dependency dependent
depending depends deploy deployed deploying deployment depth derivation derive derived deriving descent describe
described describes describing description descriptions descriptive design designed designing designs desirable
desired despite detail detailed details detect detected detecting detection detector detectors detects determine
determined determines determining deterministic develop developed developers developing development developments
develops deviation deviations device devices devise devised diagnosis diagnostic dialect dialects dialog dialogue
dialogues dictionaries dictionary did differ difference differences different differentiable differential
differentially differentiate differentiation differently differs difficult difficulties difficulty diffusion digital
dilemma dimension dimensional dimensionality dimensions direct directed direction directions directly disambiguation
disciplines discourse discover discovered discovering discovery discrepancies discrepancy discrete discretization
discrimination discriminative discriminator discuss discussed discusses discussion discussions disease diseases
disentangle disentangled disentanglement disparities disparity display distance distances distant distill
distillation distilled distilling distinct distinction distinctive distinguish distinguishing distortion distributed
distribution distributional distributions divergence diverse diversity divided document documentation documents does
doing domain domains dominant dominated done double down downstream dramatically drastically draw drawbacks drawing
drawn drift drive driven driving drop dropout drops drug dual dubbed due duration during dynamic dynamical
dynamically dynamics each earlier early ease easier easily easy economic ecosystem edge edges edit edited editing
edits education educational effect effective effectively effectiveness effects efficacy efficiency efficient
efficiently effort efforts egocentric eight either electronic element elements elicit eliminate eliminates
eliminating elusive embed embedded embedding embeddings embodied emerge emerged emergence emergent emerges emerging
emotion emotional emotions emphasis emphasize emphasizes emphasizing empirical empirically employ employed employing
employs empower enable enabled enables enabling encode encoded encoder encoders encodes encoding encodings encompass
encompasses encompassing encounter encountered encourage encourages encouraging end energy enforce enforces
enforcing engage engagement engaging engine engineering engines enhance enhanced enhancement enhancements enhances
enhancing enjoys enormous enough enrich enriched ensemble ensembles ensembling ensure ensures ensuring entailment
entails entire entirely entities entity entries entropy entry environment environmental environments episodes
episodic epochs equal equally equation equations equilibrium equipped equivalence equivalent equivariance
equivariant era erroneous error errors especially essential essentially establish established establishes
establishing estimate estimated estimates estimating estimation estimator estimators ethical evaluate evaluated
evaluates evaluating evaluation evaluations evaluators even event events eventually ever every everyday evidence
evolution evolutionary evolve evolves evolving exact exactly examination examine examined examines examining example
examples exceed exceeding exceeds excel excellent excels exceptional excessive exchange exclusively executable
execute executed executing execution exhaustive exhibit exhibited exhibiting exhibits exist existence existing
exists expand expanded expanding expands expansion expect expectation expectations expected expense expensive
experience experienced experiences experiment experimental experimentally experimentation experimented experiments
expert expertise experts explain explainability explainable explained explaining explains explanation explanations
explicit explicitly exploit exploitation exploited exploiting exploits exploration exploratory explore explored
explores exploring exponential exponentially expose exposed exposure express expressed expressing expression
expressions expressive expressiveness expressivity extend extended extending extends extensible extension extensions
extensive extensively extent external extra extract extracted extracting extraction extractive extractor extracts
extrapolation extreme extremely extrinsic face faced faces facial facilitate facilitates facilitating facing fact
factor factorization factors facts factual factuality fail failed failing fails failure failures fair fairly
fairness faithful faithfully faithfulness fake fall falls false families family far fashion fast faster favor
favorable favorably feasibility feasible feature features featuring fed federated feedback feedforward few fewer
fidelity field fields files fill filling filter filtered filtering filters final finally finance financial find
finding findings finds fine finetune finetuned finetuning finite first firstly fit fitting five fix fixed flat
flexibility flexible flexibly flow flows fluency fluent focus focused focuses focusing follow followed following
follows footprint for force forces forecasting foreground forgetting form formal formalize formally format formation
formats formed former forming forms formula formulate formulated formulates formulating formulation formulations
forward foster fostering found foundation foundational foundations four fraction fragments frame frames framework
frameworks free freedom freely frequencies frequency frequent frequently from frontier frozen full fully function
functional functionality functions fundamental fundamentally further fuse fused fusing fusion future gain gained
gaining gains game games gap gaps garnered gather gathered gating gender general generalist generality
generalizability generalizable generalization generalize generalized generalizes generalizing generally generate
generated generates generating generation generations generative generator generators generic genre genres geometric
geometries geometry get give given gives giving global globally goal goals goes gold good gradient gradients
gradually grammar grammatical granularity graph graphical graphics graphs grasp great greater greatly greedy grid
ground grounded grounding group grouping groups grow growing grows growth guarantee guaranteed guarantees guidance
guide guided guidelines guides guiding had half hallucination hallucinations hand handcrafted handle handles
handling hard harder hardware harm harmful harness has hate have having head heads health healthcare heart heavily
heavy help helpful helping helps hence here heterogeneity heterogeneous heuristic heuristics hidden hierarchical
hierarchy high higher highest highlight highlighted highlighting highlights highly hinder hindered hindering hinders
historical history hold holds holistic homogeneous hope horizon hours how however huge human humans hundreds hybrid
hyperparameter hyperparameters hypotheses hypothesis hypothesize idea ideal ideas identical identification
identified identifies identify identifying identities identity ignore ignored ignoring illumination illustrate image
imagery images imaging imbalance imbalanced imitation immediate impact impacts imperative imperfect implement
implementation implementations implemented implementing implements implications implicit implicitly implies imply
importance important importantly impose imposed impossible impractical impressive improve improved improvement
improvements improves improving inability inaccurate inadequate include included includes including inclusion
incomplete inconsistencies inconsistency inconsistent incorporate incorporated incorporates incorporating
incorporation incorrect increase increased increases increasing increasingly incremental incrementally incur
incurring incurs indeed independence independent independently index indicate indicates indicating indicator
indicators indirect indispensable individual individually individuals indoor induce induced induces inducing
induction inductive industrial industry ineffective inefficiency inefficient inevitably infeasible infer inference
inferences inferior inferred inferring infinite influence influenced influences influential inform information
informative informed infrastructure inherent inherently initial initialization initialized initially inject
injecting injection inner innovation innovations innovative inpainting input inputs inside insight insights
inspection inspiration inspire inspired instability instance instances instantiate instead instruction instructions
insufficient integer integral integrate integrated integrates integrating integration integrity intelligence
intelligent intended intensity intensive intent intentions intents interact interacting interaction interactions
interactive interest interested interesting interests interface interfaces interference interleaved intermediate
internal internet interplay interpolation interpret interpretability interpretable interpretation interpretations
interpreted interpreting intersection interval intervals intervention interventions into intractable intricate
intriguing intrinsic introduce introduced introduces introducing introduction intuition intuitive invariance
invariant inverse inversion investigate investigated investigates investigating investigation investigations involve
involved involves involving irregular irrelevant isolated isolation issue issues item items iteration iterations
iterative iteratively its itself joint jointly judge judgment judgments just justify keep keeping kernel kernels key
keywords kind kinds know knowledge known label labeled labeling labelled labels labor lack lacking lacks landscape
language languages large largely larger largest last latency latent later latest latter law laws layer layers layout
layouts lead leaderboard leading leads leakage learn learnable learned learner learners learning learns learnt least
leaving led left legal length lengths lengthy lens less level levels leverage leveraged leverages leveraging lexical
libraries library lie lies life light lighting lightweight like likelihood likely limit limitation limitations
limited limiting limits line linear linearly lines linguistic linguistically linguistics link linked linking links
list lists literature little live load local locality localization localize localized locally locate location
locations locomotion log logarithmic logic logical logits long longer look looking loop loss losses lot low lower
machine machines macro made magnitude main mainly mainstream maintain maintaining maintains maintenance major
majority make makes making malicious manage management managing manifold manifolds manipulate manipulating
manipulation manner manual manually many map mapped mapping mappings maps margin marginal margins marked market
marking mask masked masking masks mass massive match matched matches matching material materials math mathematical
mathematically mathematics matrices matrix matter maximal maximization maximize maximizes maximizing maximum may
mean meaning meaningful meanings means measure measured measurement measurements measures measuring mechanism
mechanisms mechanistic media medical medicine medium meet members membership memorization memory mental mentioned
mentions merely merge merging mesh meshes message messages metadata method methodological methodologies methodology
methods meticulously metric metrics might mild million millions mimic mind minima minimal minimization minimize
minimizes minimizing minimum mining minor minority minutes mirror misalignment misinformation misleading mismatch
missing mistakes mitigate mitigates mitigating mitigation mix mixed mixing mixture mixtures mobile modalities
modality mode model modeled modeling modelling models moderate modern modes modest modification modifications
modified modify modifying modular module modules molecular molecule molecules moment moments momentum monitor
monitoring monocular monolingual more morphological morphologically morphology most mostly motion motions motivate
motivated motivates motivation move movement movements moving much multilingual multimodal multiple multiplication
multitask multivariate music must mutual naive name named namely names narrative narratives narrow native natural
naturally nature navigate navigation near nearest nearly necessarily necessary necessitates necessitating necessity
need needed needs negative negatively neglect neglecting negligible neighbor neighborhood neighboring neighbors
neither nested network networks neural neuron neurons neuroscience neutral never new newly news next nine node nodes
noise noises noisy none nonlinear nor norm normal normalization normalized normalizing norms not notable notably
note notes notion notions notoriously noun novel novelty now nuanced nuances number numbers numerical numerically
numerous object objective objectives objects observable observation observational observations observe observed
observing obstacle obstacles obtain obtained obtaining obtains occlusion occlusions occur occurrence occurring
occurs off offensive offer offered offering offers official offline often old once one ones ongoing online only onto
ontology open opening opens operate operates operating operation operational operations operator operators opinion
opinions opportunities opportunity opposed optical optimal optimality optimally optimisation optimization
optimizations optimize optimized optimizer optimizers optimizes optimizing optimum option options oracle order
ordering orders ordinary organization organizations organized orientation original originally orthogonal other
others otherwise our out outcome outcomes outdoor outlier outliers outline outperform outperformed outperforming
outperforms output outputs outside outstanding over overall overcome overcomes overcoming overfitting overhead
overlap overlapping overlook overlooked overlooking overly overview owing own package page pages pair paired pairs
pairwise paper papers par paradigm paradigms parallel parallelism parameter parameterization parameterized
parameters parametric paramount paraphrase paraphrasing parse parser parsers parsing part partial partially
participants participate participating participation particle particular particularly parties partition partitioning
partitions parts pass passage passages passes passing past patch patches path paths pathways patient patients
pattern patterns paves paving penalty people per perceive perceived percentage perception perceptual perfect perform
performance performances performed performing performs period periods permutation perplexity persistent person
personal personalization personalized perspective perspectives perturbation perturbations perturbed phase phases
phenomena phenomenon photorealistic phrase phrases physical physically physics picture pieces pilot pioneering
pipeline pipelines pivotal pixel pixels place placed plain plan planner planning plans platform platforms
plausibility plausible play player players playing plays plus point points poisoning policies policy political
polynomial pool pooling poor poorly popular popularity population populations portion pose posed poses posing
position positional positions positive possess possibilities possibility possible possibly post posterior posts
potential potentially power powered powerful practical practicality practically practice practices practitioners
pragmatic precise precisely precision predefined predict predicted predicting prediction predictions predictive
predictor predictors predicts predominantly preference preferences preferred preliminary preprocessing presence
present presentation presented presenting presents preservation preserve preserved preserves preserving pretrained
pretraining prevailing prevalence prevalent prevent preventing prevents previous previously price primarily primary
primitive primitives principal principle principled principles prior priori prioritize priors privacy private
probabilistic probabilities probability probe probing problem problematic problems procedure procedures process
processed processes processing produce produced produces producing product production productivity products
professional professionals proficiency profile profiles program programming programs progress progressive
progressively prohibitive prohibitively project projected projection projections projects proliferation prominent
promise promising promote promotes promoting prompt prompted prompting prompts prone pronounced proof proofs
propagate propagation proper properly properties property proportion proportional proposal proposals propose
proposed proposes proposing proprietary protect protection protein proteins protocol protocols prototype prototypes
provable provably prove proved proven proves provide provided providers provides providing proving proximal
proximity proxy pruning pseudo psychological psychology public publication publications publicly published pure
purely purpose purposes push put quadratic qualitative qualitatively quality quantification quantifies quantify
quantifying quantitative quantitatively quantities quantity quantization quantized quantum queries query querying
question questions quickly quite radiance raise raised raises raising random randomized randomly randomness range
ranging rank ranked ranking rankings ranks rapid rapidly rare rarely rate rates rather ratings ratio rationale
rationales ratios raw reach reached reaches reaching read readability readers readily reading real realism realistic
reality realize realized realm reason reasonable reasoning reasons recall receive received receives recent recently
receptive recipe recognition recognize recognized recognizing recommend recommendation recommendations recommender
reconstruct reconstructed reconstructing reconstruction reconstructions reconstructs record recorded recording
recordings records recover recovered recovering recovers recovery recurrent recursive reduce reduced reduces
reducing reduction reductions redundancy redundant refer reference references referred referring refers refine
refined refinement refines refining reflect reflected reflecting reflection reflects regard regarded regarding
regardless regime regimes region regional regions regression regret regular regularization regularize regularized
regularizer reinforcement relate related relation relational relations relationship relationships relative
relatively relaxation release released relevance relevant reliability reliable reliably reliance relied relies rely
relying remain remained remaining remains remarkable remarkably remedy remote removal remove removed removes
removing render rendered rendering renders repeated repeatedly replace replaced replacement replaces replacing
replay replicate report reported reporting reports repositories repository represent representation representational
representations representative represented representing represents reproduce reproducibility reproducible
reproducing request requests require required requirement requirements requires requiring research researchers
residual resilience resolution resolutions resolve resolving resource resources respect respective respectively
respond response responses responsible rest restoration restrict restricted restricting restrictions restrictive
restricts result resulted resulting results retain retaining retains retraining retrieval retrieve retrieved
retriever retrieves retrieving return returns reuse reveal revealed revealing reveals reverse review reviews revisit
revolutionized reward rewards rewriting rich richer right rigid rigorous rigorously rise risk risks road robot
robotic robotics robots robust robustly robustness role roles room root rotation roughly round rounds routing rule
rules run running runs runtime sacrificing safe safety saliency salient same sample sampled samples sampling
satellite satisfaction satisfactory satisfies satisfy satisfying savings scalability scalable scalar scale scaled
scales scaling scans scarce scarcity scenario scenarios scene scenes schedule scheduling schema scheme schemes
science sciences scientific scientists scope score scores scoring scratch script scripts seamless seamlessly search
searches searching second seconds secure security see seed seek seeking seeks seem seemingly seems seen segment
segmentation segmenting segments select selected selecting selection selective selectively selects semantic
semantically semantics sense sensing sensitive sensitivity sensor sensors sensory sentence sentences sentiment
separate separately separation sequence sequences sequential sequentially series serious serve server serves service
services serving sessions set sets setting settings setup setups seven several severe severely shallow shape shapes
shaping share shared sharing sharp shed sheds shift shifting shifts short shortcomings shorter should show showcase
showcasing showed showing shown shows side sign signal signals significance significant significantly similar
similarities similarity similarly simple simpler simplicity simplification simplified simplifies simplify simply
simulate simulated simulating simulation simulations simulator simulators simultaneous simultaneously since single
singular sites situation situations six size sizes skill skills slightly slot slow small smaller smart smooth
smoothing smoothness social societal society soft softmax software solely solid solution solutions solve solved
solver solvers solves solving some sometimes sophisticated sound source sourced sources space spaces span spanning
spans sparse sparsity spatial spatially spatiotemporal speaker speakers special specialized specific specifically
specification specifications specificity specified specify spectral spectrum speech speed speeds speedup speedups
split splits splitting spoken spread spurious square squared stability stable stage stages standard standardized
standards stands start starting starts state statements states static stationary statistical statistically
statistics status steer steering stem stems step steps still stimuli stochastic storage store stored stories storing
story straightforward strategic strategically strategies strategy stream streaming streams strength strengthen
strengths strict strictly string strong stronger strongest strongly structural structure structured structures
struggle struggles student students studied studies study studying style styles subgraph subject subjective subjects
submission submissions submitted suboptimal subsequent subsequently subset subsets subspace subspaces substantial
substantially subtask subtasks subtle success successes successful successfully such suffer suffers sufficient
sufficiently suggest suggested suggesting suggestions suggests suitable suite suited sum summaries summarization
summarize summarizing summary superior superiority supervised supervision supplementary support supported supporting
supports surface surfaces surge surpass surpasses surpassing surprising surprisingly surrogate surrounding survey
susceptible switching symbolic symmetric symmetries symmetry synchronization syntactic syntax synthesis synthesize
synthesized synthesizes synthesizing synthetic system systematic systematically systems table tables tabular tackle
tackles tackling tagging tags tail tailored take taken takes taking target targeted targeting targets task tasks
taxonomy teacher teachers teaching team teams technical technique techniques technologies technology temperature
template templates temporal temporally ten tend tendency tends tensor term termed terminology terms test testbed
tested testing tests text texts textual texture textures than thanks that the their them themselves then theorem
theoretical theoretically theories theory there thereby therefore these they thinking third this thorough thoroughly
those though thought thousands threat threats three threshold through throughout throughput thus tight tighter time
timely times today together token tokenization tokenizer tokens too tool toolkit tools top topic topics topological
topology total toward towards toxic toxicity trace traces track tracking tracks tractable tradeoff traditional
traditionally traffic train trainable trained training trains traits trajectories trajectory transcription
transcriptions transcripts transfer transferability transferable transferred transferring transfers transform
transformation transformations transformed transformer transformers transforming transforms transition transitions
translate translated translates translating translation translations transmission transparency transparent transport
treat treated treating treatment treats tree trees tremendous trend trends trials trigger triggers triplets trivial
true truly trust trustworthiness trustworthy truth try tune tuned tuning turn turns two type types typical typically
ubiquitous ultimately unable unavailable unbiased unbounded uncertain uncertainties uncertainty unclear
unconditional unconstrained uncover uncovering under underexplored underlying underperform underscore underscores
underscoring understand understanding understood undesirable unexpected unexplored unified unifies uniform uniformly
unify unifying unimodal unique uniquely unit units universal unknown unlabeled unlearning unlike unlock unnecessary
unobserved unprecedented unrealistic unrelated unreliable unsafe unseen unstable unstructured unsupervised until
update updated updates updating upon upper urban urgent usability usage use used useful usefulness user users uses
using usually utility utilization utilize utilized utilizes utilizing utterance utterances valid validate validated
validating validation validity valuable value values vanilla variability variable variables variance variant
variants variation variational variations varied varies variety various vary varying vast vector vectors vehicle
vehicles velocity verbal verifiable verification verified verify verifying versatile versatility version versions
versus vertex vertices very via viable video videos view viewed viewpoint viewpoints views violations virtual
visible vision visual visualization visualizations visualize visually vital vocabulary voice volume volumes voting
vulnerabilities vulnerability vulnerable want was way ways weak weaker weakly weaknesses weather web website weight
weighted weighting weights well were what when where whereas wherein whether which while who whole whose why wide
widely wider widespread width wild will window with within without witnessed word words work workers workflow
workflows working workload works world worlds worse worst would write writing written wrong year years yet yield
yielded yielding yields zero
"""
COMMON_WORDS = frozenset(_COMMON_WORDS.split())
"""About four thousand words, inflected forms each on their own."""
