/** gan-lib: the components of the course. Flat, named exports; the folders say what stands on what. */
export * as tf from "./backend/tf";
import "./ops/refused";

export { environment, type Environment } from "./backend/environment";
export { backendName, nativeBackendError, ready, type BackendName } from "./backend/load";
export { requireNative } from "./backend/require";

export {
  compile,
  type CompiledStep,
  type CompileOptions,
  type StepArguments,
} from "./compile/compile";
export type { StepOutput } from "./compile/trace/results";
export { TraceError } from "./compile/trace/untraceable";

export { elu, exp, leakyRelu, selu, sigmoid, softplus, swish, tanh } from "./ops/activations";
export { conv2d, conv2dTranspose } from "./ops/convolution";
export { binaryCrossEntropy, logSoftmax, softmax, softmaxCrossEntropy } from "./ops/crossEntropy";
export { clip, max, maximum, minimum } from "./ops/extrema";
export {
  batchNorm,
  instanceNorm,
  layerNorm,
  type BatchNormOptions,
  type NormOptions,
} from "./ops/normalization";
export { pack } from "./ops/pack";
export { averagePool, maxPool } from "./ops/pooling";
export { createRandom, RandomStream, type RandomState } from "./ops/random";
export { cumulativeSum } from "./ops/cumulativeSum";
export { reflectPad, symmetricPad, type Padding } from "./ops/mirroredPad";
export { resizeBilinear, resizeNearest, type SamplingGrid } from "./ops/resize";
export { spectralNorm, type SpectralNorm } from "./ops/spectralNorm";

export { decodeImage, imageHeader, type ImageHeader } from "./images/decode";
export { encodeJpeg, encodePng } from "./images/encode";
export type { Pixels } from "./images/pixels";
export { renderSvg, type RenderSvgOptions } from "./images/svg";

export {
  batches,
  BatchIterator,
  drawnBatches,
  type DrawnBatches,
  type ImageBatch,
} from "./data/batches";
export type { BatchOptions, BatchState } from "./data/epochOrder";
export { avatarAttributes, type AvatarAttributes, type AvatarStyle } from "./data/avatarDesigns";
export { avatars, type AvatarDataset, type AvatarsOptions } from "./data/avatars";
export type { DownloadProgress } from "./data/transfer";
export { earthMaps, type EarthMapsOptions, type MapDataset, type MapStyle } from "./data/earthMaps";
export { emoji, type EmojiDataset, type EmojiOptions } from "./data/emoji";
export type { EmojiStyle } from "./data/emojiPackage";
export type { DrawingStyle } from "./data/drawnEmoji";
export { emojiStyles, type EmojiStylesOptions } from "./data/emojiStyles";
export { fashionMnist } from "./data/fashionMnist";
export { downloadDataset, type DatasetOptions, type DownloadOptions } from "./data/fullSet";
export {
  gaussianGrid,
  gaussianRing,
  mixtureBatches,
  sampleMixture,
  type GaussianMixture,
  type PointBatch,
} from "./data/gaussianMixture";
export { ofClasses, take, toTensor, type ImageDataset, type ImageShape } from "./data/ImageDataset";
export { imageFolder, type FolderDataset, type ImageFolderOptions } from "./data/imageFolder";
export { loadDrawing } from "./data/loadDrawing";
export { mnist, type MnistOptions } from "./data/mnist";
export {
  pairBatches,
  unpairedBatches,
  type ImagePairs,
  type UnpairedImages,
  type UnpairedState,
} from "./data/pairs";
export { skinToneEmoji, skinTones, type SkinTone, type SkinToneEmoji } from "./data/skinToneEmoji";
export { hasFullSet, type DatasetName } from "./data/sources";
export {
  sampleStackedDigits,
  stackedDigitBatches,
  type StackedDigitsOptions,
} from "./data/stackedDigits";

/** Layers that tf.js lacks or gets wrong, made as those of `tf.layers` are. */
export * as layers from "./layers/index";

export {
  conditionalDiscriminator,
  conditionalGenerator,
  projectionDiscriminator,
  type ConditionalDiscriminatorOptions,
  type ConditionalGeneratorOptions,
  type ConditionalOptions,
} from "./networks/conditional";
export {
  dcganDiscriminator,
  dcganGenerator,
  type DcganDiscriminatorOptions,
  type DcganGeneratorOptions,
  type DcganOptions,
} from "./networks/dcgan";
export { imagePool, type ImagePoolNetworkOptions } from "./networks/imagePool";
export { mlpDiscriminator, mlpGenerator, type MlpOptions } from "./networks/mlp";
export {
  pacganDiscriminator,
  pacganGenerator,
  type PacganDiscriminatorOptions,
  type PacganGeneratorOptions,
} from "./networks/pacgan";
export {
  gatedGenerator,
  styleDiscriminator,
  type GatedGeneratorOptions,
  type StyleDiscriminatorOptions,
} from "./networks/gated";
export type { ImageNormalization } from "./networks/imageBlocks";
export {
  patchDiscriminator,
  receptiveField,
  type PatchDiscriminatorOptions,
  type PatchSide,
} from "./networks/patchDiscriminator";
export {
  residualGenerator,
  type ResidualGeneratorOptions,
  type ResidualOptions,
} from "./networks/residual";
export {
  stackedDigitsDiscriminator,
  stackedDigitsGenerator,
  type StackedDigitsNetworkOptions,
} from "./networks/stackedDigits";
export { unetGenerator, type UnetOptions } from "./networks/unet";

export { hinge } from "./objectives/hinge";
export { leastSquares } from "./objectives/leastSquares";
export { minimax } from "./objectives/minimax";
export { nonSaturating } from "./objectives/nonSaturating";
export type { Objective } from "./objectives/objective";
export { wasserstein } from "./objectives/wasserstein";
export { zeroSum } from "./objectives/zeroSum";

export { gradientPenalty } from "./regularizers/gradientPenalty";
export { r1 } from "./regularizers/r1";
export type { Constraint, Regularizer, RegularizerContext } from "./regularizers/regularizer";
export { weightClipping } from "./regularizers/weightClipping";

export { movingAverage, type MovingAverage } from "./training/ema";
export { evaluateEvery, type EvaluationOptions } from "./training/evaluation";
export {
  sampleLatent,
  type Batch,
  type DiscriminatorMeasures,
  type Game,
  type GameMeasures,
  type GeneratorMeasures,
  type StepResult,
} from "./training/game";
export {
  gatedGan,
  type GatedGame,
  type GatedMeasures,
  type GatedWeights,
  type StyleBatch,
} from "./training/gatedGan";
export { packed } from "./training/packed";
export {
  pix2pix,
  type PairBatch,
  type Pix2PixGame,
  type Pix2PixMeasures,
  type Pix2PixWeights,
} from "./training/pix2pix";
export { probeGame, type GameProbe, type ProbeOptions } from "./training/probeGame";
export { RunError } from "./training/runError";
export { inTurn, type Measured, type Measures, type Part, type Step } from "./training/step";
export {
  alternating,
  discriminatorAlone,
  generatorAlone,
  simultaneous,
  unrolled,
  type AlternatingOptions,
} from "./training/steps";
export {
  trainSteps,
  type LoopOptions,
  type Schedule,
  type TrainOptions,
} from "./training/trainSteps";
export {
  cycleGan,
  discoGan,
  type CycleGame,
  type CycleWeights,
  type DiscoGame,
  type DiscoWeights,
  type TwoWayGame,
  type TwoWayMeasures,
  type UnpairedBatch,
} from "./training/twoWay";
export { unroll, updateUnrolledGenerator, type UnrollOptions } from "./training/unrolled";
export { trainableVariables, updateDiscriminator, updateGenerator } from "./training/updates";
export { withWeights } from "./training/withWeights";

export {
  DamagedCheckpointError,
  hasCheckpoint,
  loadCheckpoint,
  type CheckpointPosition,
  type LoadOptions,
} from "./checkpoint/checkpoint";
export type { Json } from "./checkpoint/json";
export { checkpointParts } from "./checkpoint/parts";
export {
  saveCheckpoint,
  type Checkpointable,
  type Restorable,
  type SaveOptions,
  type SavePosition,
} from "./checkpoint/save";

export { calibration, type Calibration, type CalibrationBin } from "./metrics/calibration";
export { checkerboardShare } from "./metrics/checkerboardShare";
export { classCoverage, meanConfidence, type ClassCoverage } from "./metrics/classCoverage";
export { densityCoverage, type DensityCoverage } from "./metrics/densityCoverage";
export {
  diagnose,
  diagnosisLimits,
  type Diagnosis,
  type RunFigures,
  type Verdict,
} from "./metrics/diagnose";
export { classifierScore } from "./metrics/distributions";
export { earthMovers1d } from "./metrics/earthMovers1d";
export { frechetDistance } from "./metrics/frechetDistance";
export { meanWithError, shareInterval, type IntervalEstimate } from "./metrics/intervals";
export {
  kernelDistance,
  type KernelDistance,
  type KernelDistanceOptions,
} from "./metrics/kernelDistance";
export {
  accuracyAt,
  bootstrapInterval,
  type BootstrapOptions,
  type LabelledScores,
} from "./metrics/labelledScores";
export { mixtureCoverage, type MixtureCoverage } from "./metrics/mixtureCoverage";
export { fillAgreement } from "./metrics/fillAgreement";
export { nearestNeighbours, type NearestNeighbours } from "./metrics/nearestNeighbours";
export { largestDifference, mean, numberOf, type Comparable } from "./metrics/numbers";
export { peakSignalToNoise } from "./metrics/peakSignalToNoise";
export { retrievalRank } from "./metrics/retrievalRank";
export { structuralSimilarity } from "./metrics/structuralSimilarity";
export { precisionRecall, type PrecisionRecall } from "./metrics/precisionRecall";
export { rankCorrelation } from "./metrics/rankCorrelation";
export { relativeDiversity } from "./metrics/relativeDiversity";
export { areaUnderRoc, averagePrecision, rocCurve, type RocCurve } from "./metrics/rocCurve";
export type { Rows } from "./metrics/rows";
export { stackedCoverage, type StackedCoverage } from "./metrics/stackedCoverage";

export { blurAndJpegCopies } from "./detection/augmentation";
export { blockDct, dctMatrix } from "./detection/blockDct";
export { cnnDetector, type CnnDetectorOptions } from "./detection/cnnDetector";
export type { Detector, DetectorKind, FitKeeper, FitOptions, FitParts } from "./detection/detector";
export { compareHandling, type HandlingDifference } from "./detection/handling";
export { readImageFolder, type ImageFolder, type PictureFile } from "./detection/imageFolder";
export { dctDetector, spectrumDetector } from "./detection/linearDetector";
export { loadDetector, type LoadedDetector } from "./detection/loadDetector";
export {
  blurred,
  cropped,
  jpegCompressed,
  noisy,
  quantized,
  resized,
  throughPipeline,
  type Pipeline,
} from "./detection/perturbations";
export { powerSpectrum, radialSpectrum } from "./detection/powerSpectrum";

export { watermarkCarriers, type WatermarkKey } from "./provenance/carriers";
export { keyFingerprint, type BoundClaim, type Claim, type Manifest } from "./provenance/manifest";
export { signManifest } from "./provenance/signManifest";
export { verifyManifest, type Refusal, type Verification } from "./provenance/verifyManifest";
export {
  embedWatermark,
  readWatermark,
  type EmbedOptions,
  type WatermarkReading,
} from "./provenance/watermark";

export {
  digitClassifier,
  type DigitClassifier,
  type DigitClassifierOptions,
} from "./models/digitClassifier";
export { emojiGenerator } from "./models/emojiGenerator";
export {
  generatorNames,
  generatorRecipe,
  type GeneratorName,
  type GeneratorRecipe,
} from "./models/generatorRecipes";
export { projectDetector, type ProjectDetectorOptions } from "./models/projectDetector";
export type { OnTrainingProgress, TrainingProgress } from "./models/trainClassifier";
export {
  trainedGenerator,
  type TrainedGenerator,
  type TrainedGeneratorOptions,
} from "./models/trainedGenerator";
export type { GeneratorProgress, OnGeneratorProgress } from "./models/trainGenerator";

export {
  definePlan,
  type Plan,
  type PlanCell,
  type PlanFigure,
  type PlanRow,
  type PublishedRow,
  type SettingsOf,
  type SettingValue,
  type SettingValues,
} from "./experiments/plan";
export {
  experimentResults,
  type ExperimentResults,
  type KeptRun,
  type ResultsOptions,
} from "./experiments/results";
export { resumeCheckpoint } from "./experiments/resume";
export type { Estimate, SettingsSummary } from "./experiments/summary";

export { experimentPlan, plans } from "./plans";
export {
  dcganVariant,
  dcganVariants,
  type DcganVariant,
  type DcganVariantOptions,
} from "./plans/dcganVariants";
export {
  asDetected,
  detectedGenerator,
  detectedGenerators,
  detectionPipeline,
  detectionSets,
  type DetectedGenerator,
  type DetectionSet,
  type DetectionSetsOptions,
  type LabelledImages,
} from "./plans/detectionSets";
export {
  accuracyAndPrecision,
  fitDetector,
  perturbationStrengths,
  perturbed,
  scoresOf,
  type DetectorRecipe,
  type Perturbation,
} from "./plans/detectorTrials";
export { ringRemedies, ringRemedy, type RingRemedy, type RingRun } from "./plans/ringRemedies";

export { chartGrid, type ChartGridOptions } from "./plots/chartGrid";
export { density1d, type Curve, type Density1dOptions } from "./plots/density1d";
export { density2d, type Density2dOptions } from "./plots/density2d";
export { dotIntervals, type DotInterval, type DotIntervalsOptions } from "./plots/dotIntervals";
/** Drawings of the ideas, made by code. */
export * as drawings from "./plots/drawings/index";
export type { Drawing } from "./plots/drawings/drawing";
export { heatmap, type HeatmapOptions } from "./plots/heatmap";
export { histogram1d, type Histogram1dOptions } from "./plots/histogram1d";
export { imageGrid, type ImageGrid, type ImageGridOptions } from "./plots/imageGrid";
export { lineChart, type LineChartOptions } from "./plots/lineChart";
export {
  lossCurves,
  measureCurves,
  probabilityCurves,
  type MeasureOptions,
  type MeasureRecord,
} from "./plots/measureCurves";
export { renderVega } from "./plots/render";
export { scatter2d, type Scatter2dOptions } from "./plots/scatter2d";
export { surface2d, type Surface2dOptions } from "./plots/surface2d";
export { vectorField2d, type VectorField, type VectorField2dOptions } from "./plots/vectorField2d";

export { tensors, type LiveKind, type LiveTensors, type LiveVariable } from "./lesson/alive";
export { columns, type Columns } from "./lesson/columns";
export { createDisplay, display, type LiveDisplay } from "./lesson/display";
export { drawingPad, type DrawingPadOptions } from "./lesson/drawingPad";
export {
  checkExercise,
  ExerciseError,
  NotAttempted,
  todo,
  type Checker,
  type ExerciseCheck,
} from "./lesson/exercise";
export { filmStrip, type FilmOptions, type Frame } from "./lesson/filmStrip";
export type { Keepable, Kept, OtherGame } from "./lesson/keptParts";
export { openLesson, type Lesson, type LessonOptions } from "./lesson/lesson";
export { LiveTraining, liveTraining, type LiveOptions, type LiveStep } from "./lesson/live";
export { expectOutcome, OutcomeError, type Expectation, type Threshold } from "./lesson/outcome";
export { PROFILES, type PerProfile, type Profile } from "./lesson/profile";
export {
  ProgressBar,
  progressBar,
  type PartProgress,
  type ProgressOptions,
} from "./lesson/progress";
export { scoreRealOrFake, type RealOrFakeScore } from "./lesson/realOrFake";
import "./lesson/printing";
export { report } from "./lesson/report";
export { slider, type SliderFrame, type SliderOptions, type SliderPlaces } from "./lesson/slider";
export { tensorGrid } from "./lesson/tensors";
