/** Password of all accounts of the demonstration facility; shown on its sign-in page. */
export const demoPassword = "opengsync-demo";
