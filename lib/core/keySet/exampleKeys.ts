/** Keys whose private half is printed in a specification, by RFC 7638 thumbprint, with the place. */
export const exampleKeys: ReadonlyMap<string, string> = new Map([
  ["cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", "RFC 7517, appendix A.1 (P-256)"],
  ["NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", "RFC 7517, appendix A.1 (RSA)"],
  ["D8R4-FeTJfzuDUy8bZ0c4hcwpul-Q11gCPs3mw6-R9Q", "RFC 7517, appendix C.1"],
  ["IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8", "RFC 7515, appendix A.2"],
  ["oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U", "RFC 7515, appendix A.3"],
  ["u5YUSjQ2-2chBi51NSk3t3g7IM4o2KYcnPqPtCNGd3U", "RFC 7515, appendix A.4"],
  ["_GK0r6GCoJt9zcssg9lay4obIxgCq05ntiRymRHADSU", "RFC 7518, appendix C (Alice)"],
  ["Vy57XrArUrW0NbpI12tEzDHABxMwrTh6HHXRenSpnCo", "RFC 7518, appendix C (Bob)"],
  ["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "RFC 8037, appendix A.2"],
  ["giQqigT_IKcuzHl0FVJ3k5ts3_TWNAxvsC08UZsfcM8", "RFC 8037, appendix A.6"],
]);
